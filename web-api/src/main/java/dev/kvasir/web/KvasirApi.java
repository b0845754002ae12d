package dev.kvasir.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** The JAX-RS application: everything at the server's root. */
@ApplicationPath("/")
@OpenAPIDefinition(
    info =
        @Info(
            title = "Kvasir",
            version = "0.1.0",
            description =
                "Completions with one KV cache for every user and node. /v1 is compatible with"
                    + " OpenAI's API; /api is for administrators."))
@SecurityScheme(
    securitySchemeName = "tenant_key",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    description =
        "Key of a tenant; without one a caller on the node's own host is the default tenant, where that is allowed")
@SecurityScheme(
    securitySchemeName = "admin",
    type = SecuritySchemeType.HTTP,
    scheme = "basic",
    description =
        "User with the role admin; to read, one with the role operator, or an operator's key")
public class KvasirApi extends Application {}

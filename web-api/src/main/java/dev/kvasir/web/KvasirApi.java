package dev.kvasir.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;

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
public class KvasirApi extends Application {}

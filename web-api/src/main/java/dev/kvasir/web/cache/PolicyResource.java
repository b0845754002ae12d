package dev.kvasir.web.cache;

import dev.kvasir.cache.CacheAdmin;
import dev.kvasir.web.admin.AdminOnly;
import dev.kvasir.web.json.JsonBody;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** The settings of all nodes. */
@Path("/api/cache/policy")
@RequestScoped
@AdminOnly
@SecurityRequirement(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
public class PolicyResource {
  @EJB CacheAdmin cache;

  @GET
  @Operation(summary = "The settings in force")
  public PolicyBody settings() {
    return PolicyBody.of(cache.settings());
  }

  /** Changes the settings that the body names; answers with all that are in force then. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Changes the settings that the body names, on all nodes")
  public PolicyBody change(
      @RequestBody(content = @Content(schema = @Schema(implementation = PolicyBody.class)))
          JsonBody body) {
    PolicyChange.requireKnownFields(body.tree());
    cache.change(PolicyChange.apply(body.as(PolicyBody.class), cache.settings()));
    return settings();
  }
}

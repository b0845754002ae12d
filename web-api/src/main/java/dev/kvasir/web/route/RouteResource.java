package dev.kvasir.web.route;

import dev.kvasir.cache.route.RouteFinder;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.web.tenant.Tenant;
import dev.kvasir.web.tenant.TenantKeyed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;

/** Tells a tenant which node's engine has its prompt's blocks. */
@Path("/api/cluster/route")
@RequestScoped
@TenantKeyed
@SecurityRequirement(name = "tenant_key")
@Produces(MediaType.APPLICATION_JSON)
public class RouteResource {
  @EJB RouteFinder routes;
  @Context SecurityContext caller;

  /**
   * Asks all nodes.
   *
   * @throws dev.kvasir.web.fault.RequestFault if the keys are not as they must be
   */
  @GET
  @Operation(
      summary = "Which node's engine pool has most of a prompt's blocks, of the caller's tenant")
  @APIResponse(
      responseCode = "200",
      description = "The node, or none",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = RouteBody.class),
              examples = {
                @ExampleObject(
                    name = "found",
                    value = "{\"node\": \"b\", \"blocks\": 1, \"keys\": 1}"),
                @ExampleObject(name = "nowhere", value = "{\"blocks\": 0, \"keys\": 1}")
              }))
  public RouteBody route(
      @QueryParam("keys")
          @Parameter(
              required = true,
              description =
                  "Names of blocks in the order of their prefix, between commas, 1 to 100",
              example = "9f2c5a1be0d34c7786b1c0aa5d2e4f60718293a4b5c6d7e8f90a1b2c3d4e5f60")
          @Nullable String keys) {
    List<BlockHash> asked = RouteKeys.of(keys);
    return RouteBody.of(routes.longest(Tenant.of(caller), asked), asked.size());
  }
}

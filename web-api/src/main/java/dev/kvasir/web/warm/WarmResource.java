package dev.kvasir.web.warm;

import dev.kvasir.cache.CacheWarmer;
import dev.kvasir.cache.WarmUp;
import dev.kvasir.web.admin.AdminOnly;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.json.JsonBody;
import dev.kvasir.web.tenant.Tenant;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** Prompts that are computed before anybody asks for them. */
@Path("/api/cache/warm")
@RequestScoped
@AdminOnly
@SecurityRequirement(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
public class WarmResource {
  private static final int RETRY_AFTER_SECONDS = 30;

  @EJB CacheWarmer warmer;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Begins to compute prompts on this node, so that their blocks are cached")
  @APIResponse(
      responseCode = "202",
      description = "What has begun",
      content = @Content(schema = @Schema(implementation = WarmBody.class)))
  public Response start(
      @RequestBody(content = @Content(schema = @Schema(implementation = WarmRequest.class)))
          JsonBody body) {
    WarmRequest request = body.as(WarmRequest.class);
    String tenant = Objects.requireNonNullElse(request.tenant(), Tenant.DEFAULT);
    if (tenant.isBlank()) {
      throw RequestFault.invalid("tenant", "tenant is blank, but must be the name of a tenant.");
    }
    WarmUp begun =
        warmer
            .start(tenant, WarmPrompts.of(request))
            .orElseThrow(
                () ->
                    RequestFault.tooMany(
                        "too_many_warm_ups",
                        "%d warm-ups are not over yet; wait for one, or cancel it with DELETE /api/cache/warm/ID."
                            .formatted(CacheWarmer.MAX_OPEN),
                        RETRY_AFTER_SECONDS));
    return Response.accepted(WarmBody.of(begun)).build();
  }

  @GET
  @Operation(summary = "The last warm-ups of this node, oldest first")
  public WarmListBody all() {
    return WarmListBody.of(warmer.all());
  }

  @GET
  @Path("{id}")
  @Operation(summary = "How far a warm-up is")
  public WarmBody find(@PathParam("id") String id) {
    return WarmBody.of(warmer.find(id).orElseThrow(WarmResource::unknown));
  }

  @DELETE
  @Path("{id}")
  @Operation(summary = "Ends a warm-up after the prompt that is under way")
  public WarmBody cancel(@PathParam("id") String id) {
    return WarmBody.of(warmer.cancel(id).orElseThrow(WarmResource::unknown));
  }

  private static RequestFault unknown() {
    return RequestFault.notFound(
        "This node has no such warm-up, or it is long over; GET /api/cache/warm lists the last.");
  }
}

package dev.kvasir.web.cache;

import dev.kvasir.cache.CacheAdmin;
import dev.kvasir.cache.SettingsVersion;
import dev.kvasir.web.admin.AdminOnly;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.json.JsonBody;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;

/** The settings of all nodes. */
@Path("/api/cache/policy")
@RequestScoped
@AdminOnly
@SecurityRequirement(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
public class PolicyResource {
  @EJB CacheAdmin cache;

  @GET
  @Operation(summary = "The settings in force; their ETag names the version")
  @APIResponse(
      responseCode = "200",
      description = "The settings",
      content = @Content(schema = @Schema(implementation = PolicyBody.class)))
  public Response settings() {
    return ConditionalChange.answer(cache.settings(), PolicyResource::body);
  }

  /** Changes the settings that the body names; answers with all that are in force then. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Changes the settings that the body names, on all nodes; heeds If-Match")
  @APIResponse(
      responseCode = "200",
      description = "The settings in force now",
      content = @Content(schema = @Schema(implementation = PolicyBody.class)))
  public Response change(
      @RequestBody(content = @Content(schema = @Schema(implementation = PolicyBody.class)))
          JsonBody body,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Context SecurityContext caller) {
    PolicyChange.requireKnownFields(body.tree());
    PolicyBody change = body.as(PolicyBody.class);
    String who = caller.getUserPrincipal().getName();
    return new ConditionalChange(cache, ifMatch)
        .make(
            now -> cache.change(who, now.tag(), PolicyChange.apply(change, now.settings())),
            PolicyResource::body);
  }

  @GET
  @Path("parameters")
  @Operation(summary = "What can be tuned of each policy, with bounds")
  public ParametersBody parameters() {
    return ParametersBody.ofAll();
  }

  @GET
  @Path("history")
  @Operation(summary = "Who changed which settings when, the last 200 changes")
  public HistoryBody history() {
    return HistoryBody.of(cache.history());
  }

  /** Brings the settings of an earlier version back, as a change of its own. */
  @POST
  @Path("revert")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Brings the settings of an earlier version back; heeds If-Match")
  @APIResponse(
      responseCode = "200",
      description = "The settings in force now",
      content = @Content(schema = @Schema(implementation = PolicyBody.class)))
  public Response revert(
      @RequestBody(content = @Content(schema = @Schema(implementation = RevertRequest.class)))
          JsonBody body,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Context SecurityContext caller) {
    Long version = body.as(RevertRequest.class).version();
    if (version == null) {
      throw RequestFault.missing(
          "version", "version is missing; send the number of one in /api/cache/policy/history.");
    }
    String who = caller.getUserPrincipal().getName();
    return new ConditionalChange(cache, ifMatch)
        .make(
            now -> cache.revert(who, now.tag(), version).orElseThrow(() -> unknown(version)),
            PolicyResource::body);
  }

  private static PolicyBody body(SettingsVersion version) {
    return PolicyBody.of(version.settings());
  }

  private static RequestFault unknown(long version) {
    return RequestFault.notFound(
        "Version %d is not in the history; GET /api/cache/policy/history lists those that are."
            .formatted(version));
  }
}

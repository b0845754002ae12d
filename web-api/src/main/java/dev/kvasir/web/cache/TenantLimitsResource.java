package dev.kvasir.web.cache;

import dev.kvasir.cache.CacheAdmin;
import dev.kvasir.cache.SettingRefusedException;
import dev.kvasir.cache.SettingsVersion;
import dev.kvasir.cache.TenantLimits;
import dev.kvasir.web.admin.AdminOnly;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.json.JsonBody;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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

/** What one tenant's blocks may take, on all nodes: a part of the settings, under their ETag. */
@Path("/api/cache/tenants/{tenant}/limits")
@RequestScoped
@AdminOnly
@SecurityRequirement(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
public class TenantLimitsResource {
  private static final int MAX_NAME = 128;

  @EJB CacheAdmin cache;

  @GET
  @Operation(summary = "What a tenant's blocks may take; the ETag is that of the settings")
  @APIResponse(
      responseCode = "200",
      description = "The limits",
      content = @Content(schema = @Schema(implementation = TenantLimitsBody.class)))
  public Response limits(@PathParam("tenant") String tenant) {
    return ConditionalChange.answer(cache.settings(), version -> of(checked(tenant), version));
  }

  /** Puts a tenant's limits in force; what the body does not name has none. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Sets a tenant's limits, on all nodes; heeds If-Match")
  @APIResponse(
      responseCode = "200",
      description = "The limits in force now",
      content = @Content(schema = @Schema(implementation = TenantLimitsBody.class)))
  public Response change(
      @PathParam("tenant") String tenant,
      @RequestBody(content = @Content(schema = @Schema(implementation = TenantLimitsBody.class)))
          JsonBody body,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Context SecurityContext caller) {
    TenantLimitsBody.requireKnownFields(body.tree());
    TenantLimits limits = body.as(TenantLimitsBody.class).limits();
    return put(checked(tenant), limits, ifMatch, caller);
  }

  @DELETE
  @Operation(summary = "Takes a tenant's limits away, on all nodes; heeds If-Match")
  @APIResponse(
      responseCode = "200",
      description = "The limits in force now",
      content = @Content(schema = @Schema(implementation = TenantLimitsBody.class)))
  public Response delete(
      @PathParam("tenant") String tenant,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Context SecurityContext caller) {
    return put(checked(tenant), TenantLimits.NONE, ifMatch, caller);
  }

  private Response put(
      String tenant, TenantLimits limits, @Nullable String ifMatch, SecurityContext caller) {
    String who = caller.getUserPrincipal().getName();
    try {
      return new ConditionalChange(cache, ifMatch)
          .make(
              now -> cache.change(who, now.tag(), now.settings().withLimits(tenant, limits)),
              version -> of(tenant, version));
    } catch (SettingRefusedException refused) {
      throw RequestFault.invalid(refused.field(), refused.getMessage() + ".");
    }
  }

  private static TenantLimitsBody of(String tenant, SettingsVersion version) {
    return TenantLimitsBody.of(version.settings().limitsOf(tenant));
  }

  private static String checked(String tenant) {
    if (tenant.isBlank() || tenant.length() > MAX_NAME) {
      throw RequestFault.invalid(
          "tenant",
          "tenant has %d characters, but must have 1 to %d, not all of them blank."
              .formatted(tenant.length(), MAX_NAME));
    }
    return tenant;
  }
}

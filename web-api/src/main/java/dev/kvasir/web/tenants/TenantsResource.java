package dev.kvasir.web.tenants;

import dev.kvasir.cache.tenants.Tenant;
import dev.kvasir.cache.tenants.TenantDirectory;
import dev.kvasir.web.admin.AdminOnly;
import dev.kvasir.web.audit.AuditTarget;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.json.JsonBody;
import dev.kvasir.web.limit.RateLimits;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** Tenants. */
@Path("/api/tenants")
@RequestScoped
@AdminOnly
@SecurityRequirement(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
public class TenantsResource {
  @EJB TenantDirectory directory;
  @Inject RateLimits limits;
  @Inject HttpServletRequest servlet;

  @GET
  @Operation(summary = "All tenants")
  public TenantsBody tenants() {
    return TenantsBody.of(directory.tenants(), limits.refusedByTenant());
  }

  /** Makes a tenant. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Makes a tenant; an id that was deleted is not given again")
  @APIResponse(
      responseCode = "201",
      description = "The tenant",
      content = @Content(schema = @Schema(implementation = TenantBody.class)))
  public Response create(
      @RequestBody(content = @Content(schema = @Schema(implementation = TenantRequest.class)))
          JsonBody body) {
    String id = body.as(TenantRequest.class).id();
    if (id == null) {
      throw RequestFault.missing("id", "id is missing; send the id of the tenant.");
    }
    AuditTarget.note(servlet, "tenant " + id);
    Tenant made = directory.create(id);
    return Response.status(Response.Status.CREATED).entity(TenantBody.of(made, Map.of())).build();
  }

  /** Deletes a tenant with its keys and blocks. */
  @DELETE
  @Path("{id}")
  @Operation(summary = "Deletes a tenant, its keys at once, and its blocks from every tier")
  public RemovedBody delete(@PathParam("id") String id) {
    return RemovedBody.of(id, directory.delete(id));
  }
}

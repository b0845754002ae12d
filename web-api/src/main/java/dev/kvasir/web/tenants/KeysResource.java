package dev.kvasir.web.tenants;

import dev.kvasir.cache.tenants.Grant;
import dev.kvasir.cache.tenants.KeyRole;
import dev.kvasir.cache.tenants.NewKey;
import dev.kvasir.cache.tenants.TenantDirectory;
import dev.kvasir.web.admin.AdminOnly;
import dev.kvasir.web.audit.AuditTarget;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.json.Choice;
import dev.kvasir.web.json.JsonBody;
import dev.kvasir.web.json.WireTime;
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
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** A tenant's keys. */
@Path("/api/tenants/{id}/keys")
@RequestScoped
@AdminOnly
@SecurityRequirement(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
public class KeysResource {
  @EJB TenantDirectory directory;
  @Inject HttpServletRequest servlet;

  @GET
  @Operation(summary = "A tenant's keys, without the keys themselves")
  public KeysBody keys(@PathParam("id") String tenant) {
    return KeysBody.of(directory.keys(tenant));
  }

  /** Makes a key; this answer is the only one that has it. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Makes a key, which is shown this once")
  @APIResponse(
      responseCode = "201",
      description = "The key, this once",
      content = @Content(schema = @Schema(implementation = NewKeyBody.class)))
  public Response create(
      @PathParam("id") String tenant,
      @RequestBody(content = @Content(schema = @Schema(implementation = KeyRequest.class)))
          JsonBody body) {
    KeyRequest request = body.as(KeyRequest.class);
    String expires = request.expires();
    NewKey made =
        directory.createKey(
            grant(tenant, request), expires == null ? null : WireTime.parse("expires", expires));
    AuditTarget.note(servlet, "key " + made.key().id());
    return Response.status(Response.Status.CREATED).entity(NewKeyBody.of(made)).build();
  }

  private static Grant grant(String tenant, KeyRequest request) {
    String name = request.name();
    if (name == null) {
      throw RequestFault.missing("name", "name is missing; say what the key is for.");
    }
    return new Grant(
        tenant,
        name,
        Choice.of("role", Objects.requireNonNullElse(request.role(), "app"), KeyRole.class),
        Objects.requireNonNullElse(request.requestsPerMinute(), 0),
        Objects.requireNonNullElse(request.tokensPerMinute(), 0));
  }

  /** Makes a key nobody's. */
  @DELETE
  @Path("{key}")
  @Operation(summary = "Makes a key nobody's, at once, on all nodes")
  @APIResponse(responseCode = "204", description = "It is nobody's now")
  public Response delete(@PathParam("id") String tenant, @PathParam("key") String key) {
    directory.deleteKey(tenant, key);
    return Response.noContent().build();
  }
}

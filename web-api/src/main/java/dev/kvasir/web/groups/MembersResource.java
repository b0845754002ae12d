package dev.kvasir.web.groups;

import dev.kvasir.cache.tenants.SharingGroups;
import dev.kvasir.web.admin.AdminOnly;
import dev.kvasir.web.audit.AuditTarget;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.json.JsonBody;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;

/** A tenant's place in a sharing group. */
@Path("/api/groups/{id}/members/{tenant}")
@RequestScoped
@AdminOnly
@SecurityRequirement(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
public class MembersResource {
  private static final String STATE = "The group as it is now, and which blocks left";

  @EJB SharingGroups groups;
  @Inject HttpServletRequest servlet;

  /** Asks a tenant in. */
  @PUT
  @Operation(summary = "Invites a tenant, which shares once it has consented; heeds If-Match")
  @APIResponse(
      responseCode = "200",
      description = STATE,
      content = @Content(schema = @Schema(implementation = GroupChangeBody.class)))
  public Response invite(
      @PathParam("id") String id,
      @PathParam("tenant") String tenant,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Context SecurityContext caller) {
    String who = caller.getUserPrincipal().getName();
    return GroupAnswer.changing(id, ifMatch, seen -> groups.invite(seen, tenant, who));
  }

  /** Records a tenant's consent. */
  @PUT
  @Path("consent")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Records a tenant's consent to share with all members there are; heeds If-Match")
  @APIResponse(
      responseCode = "200",
      description = STATE,
      content = @Content(schema = @Schema(implementation = GroupChangeBody.class)))
  public Response consent(
      @PathParam("id") String id,
      @PathParam("tenant") String tenant,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = ConsentRequest.class),
                      examples =
                          @ExampleObject(
                              name = "by letter",
                              value = "{\"given_by\": \"R. Runner, letter of 2026-11-20\"}")))
          JsonBody body,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Context SecurityContext caller) {
    String givenBy = body.as(ConsentRequest.class).givenBy();
    if (givenBy == null) {
      throw RequestFault.missing(
          "given_by",
          "given_by is missing; send who consented for the tenant, and where that is written.");
    }
    AuditTarget.note(servlet, "group %s: %s consents, given by %s".formatted(id, tenant, givenBy));
    String who = caller.getUserPrincipal().getName();
    return GroupAnswer.changing(id, ifMatch, seen -> groups.consent(seen, tenant, givenBy, who));
  }

  /** Lets a tenant go. */
  @DELETE
  @Operation(
      summary =
          "Lets a tenant go, and takes the blocks of all who shared with it out; heeds If-Match")
  @APIResponse(
      responseCode = "200",
      description = STATE,
      content = @Content(schema = @Schema(implementation = GroupChangeBody.class)))
  public Response leave(
      @PathParam("id") String id,
      @PathParam("tenant") String tenant,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    return GroupAnswer.changing(id, ifMatch, seen -> groups.leave(seen, tenant));
  }
}

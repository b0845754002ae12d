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
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;

/** Sharing groups. */
@Path("/api/groups")
@RequestScoped
@AdminOnly
@SecurityRequirement(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
public class GroupsResource {
  @EJB SharingGroups groups;
  @Inject HttpServletRequest servlet;

  @GET
  @Operation(summary = "All sharing groups, with who consented to what")
  public GroupsBody groups() {
    return GroupsBody.of(groups.groups());
  }

  /** Makes a group without members. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Makes a sharing group without members; an id is not given twice")
  @APIResponse(
      responseCode = "201",
      description = "The group; its ETag names its state",
      content = @Content(schema = @Schema(implementation = GroupBody.class)))
  public Response create(
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = GroupRequest.class),
                      examples =
                          @ExampleObject(
                              name = "two subsidiaries",
                              value =
                                  "{\"id\": \"acme-group\", \"name\": \"Acme and its subsidiaries\"}")))
          JsonBody body) {
    GroupRequest request = body.as(GroupRequest.class);
    String id = request.id();
    if (id == null) {
      throw RequestFault.missing("id", "id is missing; send the id of the group.");
    }
    AuditTarget.note(servlet, "group " + id);
    return GroupAnswer.of(
        Response.Status.CREATED, groups.create(id, Objects.requireNonNullElse(request.name(), id)));
  }

  @GET
  @Path("{id}")
  @Operation(summary = "A sharing group; its ETag names its state")
  @APIResponse(
      responseCode = "200",
      description = "The group",
      content = @Content(schema = @Schema(implementation = GroupBody.class)))
  public Response group(@PathParam("id") String id) {
    return GroupAnswer.of(Response.Status.OK, groups.group(id));
  }

  /** Deletes a group. */
  @DELETE
  @Path("{id}")
  @Operation(
      summary = "Deletes a sharing group, and its members' blocks from every tier; heeds If-Match")
  @APIResponse(
      responseCode = "200",
      description = "The group, which has no members any more",
      content = @Content(schema = @Schema(implementation = GroupChangeBody.class)))
  public Response delete(
      @PathParam("id") String id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    return GroupAnswer.changing(id, ifMatch, groups::delete);
  }
}

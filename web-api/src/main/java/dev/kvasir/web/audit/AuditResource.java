package dev.kvasir.web.audit;

import dev.kvasir.cache.audit.AuditQuery;
import dev.kvasir.cache.audit.AuditTrail;
import dev.kvasir.web.admin.AdminOnly;
import dev.kvasir.web.fault.RequestFault;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;

/** What administrators did. */
@Path("/api/audit")
@RequestScoped
@AdminOnly
@SecurityRequirement(name = "admin")
@Produces({MediaType.APPLICATION_JSON, AuditResource.CSV})
public class AuditResource {
  static final String CSV = "text/csv";

  @EJB AuditTrail audit;

  /** Events, newest first, as JSON or, for {@code format=csv}, as a file of lines. */
  @GET
  @Operation(
      summary =
          "What administrators did, and failed log-ins, newest first: from a time on (ISO 8601), by"
              + " who, by a part of what; limit is 1 to 1000; format is json or csv")
  @APIResponse(
      responseCode = "200",
      description = "Events",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = AuditBody.class)),
        @Content(mediaType = CSV)
      })
  public Response events(
      @BeanParam AuditParameters parameters, @QueryParam("format") @Nullable String format) {
    AuditQuery query = parameters.query();
    AuditBody body = AuditBody.of(audit.find(query));
    if (format == null || format.equals("json")) {
      return Response.ok(body, MediaType.APPLICATION_JSON_TYPE).build();
    }
    if (!format.equals("csv")) {
      throw RequestFault.invalid(
          "format", "format is \"%s\", but must be one of json, csv.".formatted(format));
    }
    return Response.ok(csv(body), CSV + "; charset=utf-8")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"kvasir-audit.csv\"")
        .header("Kvasir-Next", body.next())
        .build();
  }

  private static String csv(AuditBody body) {
    StringBuilder lines = new StringBuilder(Csv.line(AuditBody.COLUMNS));
    body.events().forEach(event -> lines.append(Csv.line(event.columns())));
    return lines.toString();
  }
}

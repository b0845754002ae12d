package dev.kvasir.web.alerts;

import dev.kvasir.cache.alerts.Alert;
import dev.kvasir.cache.alerts.Alerts;
import dev.kvasir.cache.tenants.SharedText;
import dev.kvasir.cache.tenants.StaleTextException;
import dev.kvasir.web.admin.AdminOnly;
import dev.kvasir.web.fault.IfMatch;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.fault.StaleFault;
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
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;

/** What the nodes alarm on. */
@Path("/api/alerts/rules")
@RequestScoped
@AdminOnly
@SecurityRequirement(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
public class RulesResource {
  private static final String IN_FORCE = "The rules in force now";

  @EJB Alerts alerts;

  @GET
  @Operation(
      summary = "The rules of the node that answers; the ETag is that of what all nodes share")
  @APIResponse(
      responseCode = "200",
      description = IN_FORCE,
      content = @Content(schema = @Schema(implementation = RulesBody.class)))
  public Response rules() {
    return answer(alerts.shared());
  }

  /** Sets a rule on all nodes. */
  @PUT
  @Path("{rule}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Sets a rule on all nodes, or switches it off (condition off); heeds If-Match")
  @APIResponse(
      responseCode = "200",
      description = IN_FORCE,
      content = @Content(schema = @Schema(implementation = RulesBody.class)))
  public Response set(
      @PathParam("rule") String rule,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = RuleRequest.class),
                      examples =
                          @ExampleObject(
                              name = "refusals",
                              value =
                                  "{\"condition\": \"kvasir_requests_refused_total{reason=no_slot} over 300 above 10 for 60 critical\"}")))
          JsonBody body,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Context SecurityContext caller) {
    String condition = body.as(RuleRequest.class).condition();
    if (condition == null) {
      throw RequestFault.missing(
          "condition",
          "condition is missing; send METRIC[/METRIC] [over SECONDS] above|below|fell_to NUMBER [for SECONDS] [info|warning|critical], or off.");
    }
    String who = caller.getUserPrincipal().getName();
    return changing(ifMatch, seen -> alerts.set(seen, rule, condition, who));
  }

  /** Takes back what administrators set of a rule. */
  @DELETE
  @Path("{rule}")
  @Operation(
      summary = "Deletes a rule that was set for all nodes; their own of its name holds again")
  @APIResponse(
      responseCode = "200",
      description = IN_FORCE,
      content = @Content(schema = @Schema(implementation = RulesBody.class)))
  public Response reset(
      @PathParam("rule") String rule,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @Context SecurityContext caller) {
    String who = caller.getUserPrincipal().getName();
    return changing(ifMatch, seen -> alerts.reset(seen, rule, who));
  }

  private Response changing(
      @Nullable String ifMatch, Function<Predicate<String>, SharedText> change) {
    try {
      return answer(change.apply(new IfMatch(ifMatch)));
    } catch (StaleTextException stale) {
      throw new StaleFault(
          "rules_changed",
          stale.tag(),
          "The rules are no more those of If-Match: %s.".formatted(stale.getMessage()));
    }
  }

  private Response answer(SharedText shared) {
    return Response.ok(RulesBody.of(alerts.now().stream().map(Alert::rule).toList(), shared))
        .tag(new EntityTag(shared.tag()))
        .build();
  }
}

package dev.kvasir.web.alerts;

import dev.kvasir.cache.alerts.Alerts;
import dev.kvasir.web.admin.AdminOnly;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** The alerts of the node that answers. */
@Path("/api/alerts")
@RequestScoped
@AdminOnly
@SecurityRequirement(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
public class AlertsResource {
  @EJB Alerts alerts;

  @GET
  @Operation(summary = "How the rules on this node's metrics stand, and what fired lately")
  public AlertsBody alerts() {
    return AlertsBody.of(alerts.now(), alerts.history());
  }
}

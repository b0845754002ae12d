package dev.kvasir.web.cache;

import dev.kvasir.cache.NodeDrain;
import dev.kvasir.web.admin.AdminOnly;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** The way to take the node that answers out of service. */
@Path("/api/cluster/drain")
@RequestScoped
@AdminOnly
@SecurityRequirement(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
public class DrainResource {
  @EJB NodeDrain drain;

  @GET
  @Operation(summary = "Whether this node is being drained, and what still runs")
  public DrainBody state() {
    return DrainBody.of(drain.state());
  }

  @POST
  @Operation(summary = "Refuses new completions on this node and lets those that are there finish")
  public DrainBody begin() {
    return DrainBody.of(drain.begin());
  }

  @DELETE
  @Operation(summary = "Takes completions on this node again")
  public DrainBody end() {
    return DrainBody.of(drain.end());
  }
}

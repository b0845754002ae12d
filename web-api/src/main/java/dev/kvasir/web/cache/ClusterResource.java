package dev.kvasir.web.cache;

import dev.kvasir.cache.CacheAdmin;
import dev.kvasir.web.admin.AdminOnly;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** The nodes. */
@Path("/api/cluster")
@RequestScoped
@AdminOnly
@SecurityRequirement(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
public class ClusterResource {
  @EJB CacheAdmin cache;

  @GET
  @Operation(summary = "The nodes")
  public ClusterBody cluster() {
    return ClusterBody.of(cache.cluster());
  }
}

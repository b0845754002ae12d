package dev.kvasir.web.cache;

import dev.kvasir.cache.CacheAdmin;
import dev.kvasir.web.admin.AdminOnly;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.json.JsonBody;
import dev.kvasir.web.tenant.Tenant;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** Blocks that are kept from eviction. */
@Path("/api/cache/pins")
@RequestScoped
@AdminOnly
@SecurityRequirement(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
public class PinsResource {
  @EJB CacheAdmin cache;

  /** Pins the cached blocks of a text, or a block and those before it. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Keeps the cached blocks of a text, or a block and those before it, from eviction")
  public PinnedBody pin(
      @RequestBody(content = @Content(schema = @Schema(implementation = PinRequest.class)))
          JsonBody body) {
    PinRequest request = body.as(PinRequest.class);
    String text = request.text();
    String hash = request.hash();
    if ((text == null) == (hash == null)) {
      throw RequestFault.invalid("text", "Send either text or hash, not both and not none.");
    }
    if (hash != null) {
      return found(cache.pin(BlockQuery.hash(hash)));
    }
    String tenant = Objects.requireNonNullElse(request.tenant(), Tenant.DEFAULT);
    if (tenant.isBlank()) {
      throw RequestFault.invalid("tenant", "tenant is blank, but must be the name of a tenant.");
    }
    return PinnedBody.of(cache.pin(tenant, Objects.requireNonNull(text)));
  }

  /** Lets a block, and those that follow it, be evicted again. */
  @DELETE
  @Path("{hash}")
  @Operation(summary = "Lets a block and those that follow it be evicted again")
  public PinnedBody unpin(@PathParam("hash") String hash) {
    return found(cache.unpin(BlockQuery.hash(hash)));
  }

  private static PinnedBody found(int blocks) {
    if (blocks == 0) {
      throw RequestFault.notFound(
          "No block with this hash is cached, or it is so already; GET /api/cache/blocks lists"
              + " them.");
    }
    return new PinnedBody(blocks, null);
  }
}

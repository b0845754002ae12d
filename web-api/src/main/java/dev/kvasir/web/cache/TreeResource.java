package dev.kvasir.web.cache;

import dev.kvasir.cache.browse.BlockBrowser;
import dev.kvasir.cache.browse.BlockRun;
import dev.kvasir.cache.browse.Leaving;
import dev.kvasir.cache.browse.RemovedBranch;
import dev.kvasir.cache.browse.RunPage;
import dev.kvasir.cache.browse.RunQuery;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.web.admin.AdminOnly;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.json.Choice;
import dev.kvasir.web.json.JsonBody;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;

/** The cached blocks as a tree of prefixes: what nothing branches off is one run. */
@Path("/api/cache/tree")
@RequestScoped
@AdminOnly
@SecurityRequirement(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
public class TreeResource {
  @EJB BlockBrowser browser;

  /** Runs that prefixes begin with, or that continue a block. */
  @GET
  @Operation(
      summary =
          "Runs of cached blocks that prefixes begin with, or that continue the block after; those"
              + " with most below them first; limit is 1 to 200")
  public RunsBody runs(
      @QueryParam("after") @Nullable String after,
      @QueryParam("tenant") @Nullable String tenant,
      @QueryParam("offset") @Nullable String offset,
      @QueryParam("limit") @Nullable String limit) {
    BlockHash block = after == null ? null : BlockQuery.hash(after);
    RunPage page =
        browser.runs(
            new RunQuery(
                block,
                Objects.requireNonNullElse(tenant, ""),
                BlockQuery.offset(offset),
                BlockQuery.limit(limit, RunQuery.MAX_LIMIT)));
    if (block != null && page.total() == 0 && browser.path(block).isEmpty()) {
      throw unknown();
    }
    return RunsBody.of(page);
  }

  /** The way to one block. */
  @GET
  @Path("{hash}")
  @Operation(summary = "The runs on the way to a block, from the beginning of its prefix")
  public RunsBody path(@PathParam("hash") String hash) {
    List<BlockRun> path = browser.path(BlockQuery.hash(hash));
    if (path.isEmpty()) {
      throw unknown();
    }
    return RunsBody.of(new RunPage(path, path.size()));
  }

  /** Which blocks of a text are cached; in the body, so that no log has the text. */
  @POST
  @Path("find")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Which blocks of a prompt's beginning are cached, and where")
  public FoundBody find(
      @RequestBody(content = @Content(schema = @Schema(implementation = FindRequest.class)))
          JsonBody body) {
    return FoundBody.of(browser.find(body.as(FindRequest.class).toText()));
  }

  /** Takes a block and all that continue it out. */
  @DELETE
  @Path("{hash}")
  @Operation(
      summary =
          "Takes a block and all that continue it out: how=evict of the grid's memory, how=expire"
              + " of every tier of every node")
  public LeftBody remove(@PathParam("hash") String hash, @QueryParam("how") @Nullable String how) {
    Leaving leaving = Choice.of("how", how, Leaving.class);
    RemovedBranch removed = browser.remove(BlockQuery.hash(hash), leaving);
    if (removed.pinned() > 0) {
      throw RequestFault.conflict(
          "%d of these blocks are pinned, so none left; unpin them first (DELETE /api/cache/pins/HASH)."
              .formatted(removed.pinned()));
    }
    if (removed.equals(RemovedBranch.NONE)) {
      throw unknown();
    }
    return new LeftBody(removed.blocks(), removed.more());
  }

  private static RequestFault unknown() {
    return RequestFault.notFound(
        "No block with this hash is in the grid, or not any more; GET /api/cache/tree lists those"
            + " that are.");
  }
}

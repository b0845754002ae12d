package dev.kvasir.web.cache;

import dev.kvasir.cache.CacheAdmin;
import dev.kvasir.cache.ClearScope;
import dev.kvasir.cache.SettingRefusedException;
import dev.kvasir.cache.ShadowPolicy;
import dev.kvasir.completion.RequestId;
import dev.kvasir.web.admin.AdminOnly;
import dev.kvasir.web.fault.RequestFault;
import dev.kvasir.web.json.Choice;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;

/** Statistics and blocks, and the way to empty a tier. */
@Path("/api/cache")
@RequestScoped
@AdminOnly
@SecurityRequirement(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
public class CacheResource {
  @EJB CacheAdmin cache;

  @GET
  @Path("stats")
  @Operation(summary = "Counters and sizes of this node")
  public StatsBody stats() {
    return StatsBody.of(cache.stats(), cache.queue());
  }

  @GET
  @Path("shadow")
  @Operation(summary = "What other policies would have hit on this node's requests")
  public ShadowBody shadow() {
    return ShadowBody.of(cache.shadows());
  }

  /**
   * Plays the last hour again.
   *
   * @throws RequestFault if the policies are none, or too many
   */
  @GET
  @Path("whatif")
  @Operation(
      summary =
          "What policies would have hit at a quarter to four times the budget on this node's"
              + " requests of the last hour")
  public WhatIfBody whatIf(@QueryParam("policies") @Nullable String policies) {
    try {
      List<ShadowPolicy> asked =
          ShadowPolicy.parseAll(
              policies == null ? cache.settings().settings().policy().kind().label() : policies);
      if (asked.isEmpty() || asked.size() > ShadowPolicy.MAX_SHADOWS) {
        throw RequestFault.invalid(
            "policies",
            "policies must be 1 to %d, between commas, such as lru,sieve."
                .formatted(ShadowPolicy.MAX_SHADOWS));
      }
      return WhatIfBody.of(cache.whatIf(asked));
    } catch (SettingRefusedException e) {
      throw RequestFault.invalid("policies", e.getMessage() + ".");
    }
  }

  @GET
  @Path("blocks")
  @Operation(
      summary =
          "Cached blocks whose hash begins with a prefix, by hash, from a cursor on; limit is 1 to"
              + " 1000")
  public BlocksBody blocks(
      @QueryParam("prefix") @Nullable String prefix,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    int most = BlockQuery.limit(limit);
    return BlocksBody.of(
        cache.blocks(BlockQuery.prefix(prefix), BlockQuery.cursor(cursor), most), most);
  }

  /**
   * Why a request took from the cache what it took.
   *
   * @throws RequestFault if the id is none, or no node knows it
   */
  @GET
  @Path("explain")
  @Operation(summary = "Why a request took from the cache what it took; any node's, by its id")
  public ExplainBody explain(@QueryParam("request") @Nullable String id) {
    if (id == null || !RequestId.isValid(id)) {
      throw RequestFault.invalid(
          "request",
          "request must be the id of a request, as its answer's header X-Request-Id says: 1 to"
              + " 128 letters, digits and . _ : / + = @ -");
    }
    return cache
        .explain(id)
        .map(ExplainBody::of)
        .orElseThrow(
            () ->
                RequestFault.notFound(
                    "No node that answers knows the request %s; each remembers its last 10,000, and"
                            .formatted(id)
                        + " none from before its start."));
  }

  @DELETE
  @Operation(summary = "Empties a tier: pool, near, disk or all")
  public ClearedBody clear(@QueryParam("tier") @Nullable String name) {
    ClearScope scope = Choice.of("tier", name, ClearScope.class);
    return new ClearedBody(scope.name().toLowerCase(Locale.ROOT), cache.clear(scope));
  }
}

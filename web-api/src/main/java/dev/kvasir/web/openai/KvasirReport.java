package dev.kvasir.web.openai;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the prompt's K/V came from, under {@code kvasir} in a response; an extension.
 *
 * @param pool tokens from the engine's own pool
 * @param near tokens from the node's near cache
 * @param local tokens from the node's own partitions
 * @param remote tokens from other nodes
 * @param disk tokens from a node's disk
 * @param computed tokens computed
 * @param missReason why not more came from the cache
 * @param lookupMs to find and fetch
 * @param loadMs to check and load
 * @param prefillMs that the steps took which computed the rest
 * @param node that answered
 * @param gaps the computed tokens by reason, in the prompt's order
 * @param loadEstimateMs what loading the cached blocks was expected to take; absent if nothing was
 *     to be loaded, or too little was measured lately
 * @param recomputeEstimateMs likewise, what computing them would take
 * @param route where the prompt's prefix was; absent unless this node tells of routes
 * @param requestId by which the request is found again
 * @param approximate what makes the answer approximate; absent from an exact one
 */
@JsonbPropertyOrder({
  "pool",
  "near",
  "local",
  "remote",
  "disk",
  "computed",
  "missReason",
  "lookupMs",
  "loadMs",
  "prefillMs",
  "node",
  "gaps",
  "loadEstimateMs",
  "recomputeEstimateMs",
  "route",
  "requestId",
  "approximate"
})
public record KvasirReport(
    int pool,
    int near,
    int local,
    int remote,
    int disk,
    int computed,
    String missReason,
    double lookupMs,
    double loadMs,
    double prefillMs,
    String node,
    List<KvasirGap> gaps,
    @Nullable Double loadEstimateMs,
    @Nullable Double recomputeEstimateMs,
    @Nullable KvasirRoute route,
    String requestId,
    @Nullable KvasirApproximate approximate) {}

package dev.kvasir.web.openai;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

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
  "node"
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
    String node) {}

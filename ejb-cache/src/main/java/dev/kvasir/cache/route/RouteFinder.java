package dev.kvasir.cache.route;

import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.Optional;

/** Finds routes for requests of this node. None of its troubles is an error. */
public interface RouteFinder {
  /** What this node does with routes. */
  RouteMode mode();

  /** Name of this node. */
  String node();

  /**
   * Where a request had best be answered. Empty if this node does nothing with routes, the request
   * shares nothing or marks passages, which each node remembers by itself, or it cannot be told.
   */
  Optional<FoundRoute> find(CompletionRequest request);

  /**
   * Which node's pool has the longest part of a prefix, this one's included.
   *
   * @param tenant whose blocks they must be; from the first on that is not, none is looked for
   * @param keys names of blocks, in the order of their prefix
   */
  PoolView longest(String tenant, List<BlockHash> keys);

  /** Whether a node is in the cluster. */
  boolean hasNode(String name);

  /** Counts a request that another node answered. */
  void answered();

  /**
   * Counts a request that another node was to answer and did not, and logs it at most once a
   * minute.
   */
  void failed(Route route, String reason);

  /**
   * A request's route.
   *
   * @param route where to
   * @param key name of the last block of its prompt that it shares
   */
  record FoundRoute(Route route, BlockHash key) {}
}

package dev.kvasir.cache.ejb;

import dev.kvasir.cache.QueueStats;
import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.metrics.RouteMetrics;
import dev.kvasir.cache.route.NodeLoad;
import dev.kvasir.cache.route.PoolView;
import dev.kvasir.cache.route.RouteRules;
import dev.kvasir.cache.route.Router;
import dev.kvasir.cache.stats.LogLimit;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * The routes of this node.
 *
 * @param router finds them
 * @param metrics count what becomes of them
 * @param failureLog limits what is said of nodes that do not answer
 */
public record NodeRoutes(Router router, RouteMetrics metrics, LogLimit failureLog) {
  /** Finds routes from now on, and shows the node's pool to the others. */
  static NodeRoutes start(CacheCoordinator node, RouteRules rules, RouteMetrics metrics) {
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    node.link().whenReached(grid -> grid.showPool(hashes -> view(node, rules, hashes)));
    return new NodeRoutes(
        new Router(rules, node.link().pools(), hashes -> view(node, rules, hashes), random),
        metrics,
        new LogLimit(Ticker.system()));
  }

  private static PoolView view(CacheCoordinator node, RouteRules rules, List<BlockHash> hashes) {
    QueueStats queue = node.queue().stats();
    return new PoolView(
        node.gate().node(),
        rules.url(),
        node.model().countLeadingBlocks(hashes),
        new NodeLoad(queue.running(), queue.waiting(), queue.slots(), node.gate().isClosed()));
  }
}

package dev.kvasir.cache.route;

import dev.kvasir.inference.BlockHash;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Finds the node whose engine pool has the longest part of a prefix. Safe for all threads. */
public final class Router {
  /*
   * Nodes are asked, request by request. Routers beside the nodes keep trees of what they sent
   * where, which do not hear of evictions, or follow each pool's events, which are many and late;
   * our nodes are members of one grid, a question to all of them costs a round of the network, and
   * the answer is how it is now, load included. Nobody is asked where this node's pool lacks too
   * little for it to matter.
   */
  private static final Comparator<PoolView> LONGEST_THEN_IDLEST =
      Comparator.comparingInt(PoolView::blocks)
          .thenComparing(view -> -view.load().perSlot())
          .thenComparing(PoolView::node, Comparator.reverseOrder());

  private final RouteRules rules;
  private final PoolCensus census;
  private final Function<List<BlockHash>, PoolView> here;
  private final LoadBound bound;

  /**
   * @param census of the other nodes
   * @param here what this node says of a prefix
   * @param random makes the two choices; safe for threads
   */
  public Router(
      RouteRules rules,
      PoolCensus census,
      Function<List<BlockHash>, PoolView> here,
      RandomGenerator random) {
    this.rules = rules;
    this.census = census;
    this.here = here;
    bound = new LoadBound(random);
  }

  /** What is done with routes. */
  public RouteMode mode() {
    return rules.mode();
  }

  /** Where a request had best be answered, by the names of its prompt's leading full blocks. */
  public Route of(List<BlockHash> hashes) {
    PoolView mine = here.apply(hashes);
    if (mine.load().draining() || hashes.size() - mine.blocks() < rules.fewestBlocks()) {
      return Route.to(mine, Route.Advice.HERE);
    }
    List<PoolView> others = census.ask(hashes);
    Optional<PoolView> best = longest(others.stream());
    if (best.isEmpty() || best.get().blocks() - mine.blocks() < rules.fewestBlocks()) {
      return Route.to(mine, Route.Advice.HERE);
    }
    return Route.to(best.get(), advice(best.get(), mine, others));
  }

  private Route.Advice advice(PoolView best, PoolView mine, List<PoolView> others) {
    return rules.mode() == RouteMode.HINT
            || (!best.url().isEmpty() && bound.allows(best, mine, others))
        ? Route.Advice.THERE
        : Route.Advice.BUSY;
  }

  /** Who has the longest part of a prefix, this node included, however busy. */
  public PoolView longest(List<BlockHash> hashes) {
    PoolView mine = here.apply(hashes);
    return longest(Stream.concat(Stream.of(mine), census.ask(hashes).stream())).orElse(mine);
  }

  private static Optional<PoolView> longest(Stream<PoolView> views) {
    return views.max(LONGEST_THEN_IDLEST);
  }

  /** Whether a node is in the cluster. */
  public boolean hasNode(String name) {
    return census.hasNode(name);
  }
}

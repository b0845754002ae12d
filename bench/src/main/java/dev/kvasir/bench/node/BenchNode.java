package dev.kvasir.bench.node;

import dev.kvasir.cache.BlockTier;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.CacheStats;
import dev.kvasir.cache.ClearScope;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.grid.Grid;
import dev.kvasir.cache.grid.GridConfig;
import dev.kvasir.cache.grid.GridConfig.Role;
import dev.kvasir.cache.node.CacheNode;
import dev.kvasir.cache.queue.QueueRules;
import dev.kvasir.cache.queue.SlotQueue;
import dev.kvasir.cache.request.PrefixNames;
import dev.kvasir.cache.request.RequestObserver;
import dev.kvasir.cache.request.Site;
import dev.kvasir.cache.tiered.StoreGuard;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.Prompt;
import dev.kvasir.engine.Engine;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.DirectConnections;
import dev.kvasir.inference.SamplingParams;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.LockSupport;

/**
 * A node without a server: the real cache and the real grid over an engine that nodes may share.
 */
public final class BenchNode implements AutoCloseable {
  private static final String SECRET = "benchmark";
  private static final long BYTES = 1L << 30;
  private static final int NEAR_PART = 8; // of what the member holds
  private static final int DEADLINE_MILLIS = 10_000;
  private static final long POLL_NANOS = 1_000_000;
  private static final int CHECK_PERCENT = 100;
  private static final long LONGEST_CHECK_NANOS = 5_000_000_000L;

  /** An answer with its tokens, and the time from the request to its first token. */
  record Timed(Completion completion, double firstTokenMillis, List<Integer> tokens) {}

  private final Engine engine;
  private final GridConfig.Network network;
  private final Grid grid;
  private final CacheNode node;
  private volatile float[] firstLogits = {};

  /** One with room for all, that loads whatever is cached. */
  BenchNode(GridConfig.Network network, Engine engine, ScheduledExecutorService executor) {
    this(
        network,
        new CacheSettings(EvictionKind.LRU, BYTES, LoadRule.ALWAYS, DEADLINE_MILLIS),
        engine,
        executor);
  }

  BenchNode(
      GridConfig.Network network,
      CacheSettings settings,
      Engine engine,
      ScheduledExecutorService executor) {
    this.engine = engine;
    this.network = network;
    int blockBytes = engine.model().info().layout().blockBytes();
    String name = "bench-" + network.port();
    this.grid =
        Grid.start(
            new GridConfig(
                name,
                network,
                SECRET,
                settings,
                new GridConfig.Near(settings.budgetBytes() / NEAR_PART, blockBytes),
                GridConfig.RECONCILE_EVERY),
            executor);
    this.node =
        new CacheNode(
            new Site(
                name,
                Ticker.system(),
                RequestObserver.NONE,
                List.of(),
                new SlotQueue(QueueRules.NO_WAITING, Ticker.system())),
            new DirectConnections(
                engine.model(),
                (request, wanted) ->
                    engine.open(request, wanted, logits -> firstLogits = logits.clone())),
            new PrefixNames(SECRET),
            new CacheNode.Shared(
                grid,
                BlockTier.NONE,
                StoreGuard.NONE,
                grid.flights(),
                () -> settings,
                new CacheNode.Background(executor, Integer.MAX_VALUE, CHECK_PERCENT)));
  }

  /** Completes a text greedily, without stopping at an end token. */
  Timed complete(String text, int newTokens, CachePolicy policy) {
    SamplingParams greedy = SamplingParams.builder().ignoreEos(true).build();
    return complete(
        new CompletionRequest("bench", new Prompt.Text(text), greedy, newTokens, policy));
  }

  /** Completes a prompt with the cache. */
  Timed complete(Prompt prompt, SamplingParams sampling, int newTokens) {
    return complete(new CompletionRequest("bench", prompt, sampling, newTokens, CachePolicy.USE));
  }

  /** Completes a request. */
  Timed complete(CompletionRequest request) {
    long start = System.nanoTime();
    long[] first = {0};
    List<Integer> tokens = new ArrayList<>();
    Completion completion =
        node.completions()
            .complete(
                request,
                token -> {
                  first[0] = first[0] == 0 ? System.nanoTime() : first[0];
                  tokens.add(token.tokenId());
                  return true;
                });
    return new Timed(completion, (first[0] - start) / 1e6, tokens);
  }

  /** Logits of the last answer's first token, (vocabulary). */
  float[] firstLogits() {
    return firstLogits.clone();
  }

  /** A free port of this machine, for a member that joins others. */
  static GridConfig.Network loopback(List<String> join, Role role) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new GridConfig.Network("127.0.0.1", socket.getLocalPort(), join, role);
    }
  }

  /** Where others join it. */
  String address() {
    return network.address();
  }

  /** The cache's own figures. */
  CacheStats stats() {
    return node.cache().stats();
  }

  /** Waits until all that was offered is in the grid. */
  void awaitPublished() {
    while (node.cache().stats().publishing().queued() > 0) {
      Thread.onSpinWait();
    }
  }

  /** Waits until the engine has done what it does in idle time. */
  void awaitPrefilled() {
    engine.model().exportBlock(new BlockHash(0, 0, 0, 0)); // runs behind what it was told before
    while (engine.model().stats().idle().waitingBlocks() > 0) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** Loads that were computed once more, those without an estimate included. */
  long checkedLoads() {
    return stats().recomputes().measured() + stats().recomputes().first();
  }

  /** Waits for a while until so many loads were computed once more. */
  void awaitChecked(long loads) {
    long start = System.nanoTime();
    while (checkedLoads() < loads && System.nanoTime() - start < LONGEST_CHECK_NANOS) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  void clearPool() {
    engine.model().clearPool();
  }

  void clearNear() {
    grid.admin().clear(ClearScope.NEAR);
  }

  @Override
  public void close() {
    grid.close();
  }
}

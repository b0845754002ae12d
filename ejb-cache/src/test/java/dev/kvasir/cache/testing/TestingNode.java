package dev.kvasir.cache.testing;

import static java.util.concurrent.TimeUnit.MINUTES;

import dev.kvasir.cache.BlockStore;
import dev.kvasir.cache.BlockTier;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.PrefixCache;
import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.flight.FlightBoard;
import dev.kvasir.cache.node.CacheNode;
import dev.kvasir.cache.queue.QueueRules;
import dev.kvasir.cache.queue.SlotQueue;
import dev.kvasir.cache.request.CachedCompletion;
import dev.kvasir.cache.request.PrefixNames;
import dev.kvasir.cache.request.Site;
import dev.kvasir.cache.stats.CacheCounters;
import dev.kvasir.cache.tiered.StoreGuard;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.Prompt;
import dev.kvasir.completion.SharingScope;
import dev.kvasir.inference.SamplingParams;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** A node: a testing model with slots, and the real cache over a store that nodes may share. */
public final class TestingNode {
  public static final int CONTEXT = 200;
  public static final int SLOTS = 1;
  private static final int QUANTUM_TOKENS = 10;
  public static final int QUEUE_LENGTH = 4;
  private static final int QUEUE_BLOCKS = 16;
  private static final int MANY_BLOCKS = 64;
  public static final CacheSettings SETTINGS =
      new CacheSettings(EvictionKind.LRU, 1 << 20, LoadRule.ALWAYS, 200);

  public final TestingModel model = new TestingModel(CONTEXT);
  public final TestingConnectionFactory slots;

  /** What tenants share by, who share by a group. */
  public final Map<String, String> groups = new ConcurrentHashMap<>();

  public final PrefixNames names =
      new PrefixNames(
          "secret", SharingScope.GLOBAL, tenant -> Optional.ofNullable(groups.get(tenant)));
  public final TestingObserver observer = new TestingObserver();
  public final SlotQueue queue;
  public final CacheNode node;
  public final CacheCounters counters;
  public final PrefixCache cache;
  public final CachedCompletion completions;

  public TestingNode(String name, BlockStore store) {
    this(name, store, Runnable::run);
  }

  public TestingNode(String name, BlockStore store, Executor publishing) {
    this(
        name,
        new CacheNode.Background(publishing, QUEUE_BLOCKS, 0),
        SLOTS,
        new Surroundings(store, BlockTier.NONE, FlightBoard.NONE, Ticker.system()));
  }

  /** With a disk. */
  public TestingNode(String name, TestingBlockStore store, BlockTier disk) {
    this(
        name,
        new CacheNode.Background(Runnable::run, QUEUE_BLOCKS, 0),
        SLOTS,
        new Surroundings(store, disk, FlightBoard.NONE, Ticker.system()));
  }

  /** With several slots, {@value #QUEUE_LENGTH} places to wait for each, and other nodes. */
  public TestingNode(String name, int slotCount, TestingBlockStore store, FlightBoard board) {
    this(name, slotCount, store, board, Ticker.system());
  }

  /** Likewise, with a clock of its own for how long requests wait for each other. */
  public TestingNode(
      String name, int slotCount, TestingBlockStore store, FlightBoard board, Ticker ticker) {
    this(
        name,
        new CacheNode.Background(Runnable::run, MANY_BLOCKS, 0),
        slotCount,
        new Surroundings(store, BlockTier.NONE, board, ticker));
  }

  private record Surroundings(BlockStore store, BlockTier disk, FlightBoard board, Ticker ticker) {}

  private TestingNode(
      String name, CacheNode.Background background, int slotCount, Surroundings others) {
    slots = new TestingConnectionFactory(model, slotCount);
    queue =
        new SlotQueue(
            new QueueRules(
                slotCount,
                QUEUE_LENGTH * slotCount,
                MINUTES.toNanos(1),
                MINUTES.toNanos(1),
                QUANTUM_TOKENS),
            Ticker.system());
    node =
        new CacheNode(
            new Site(name, others.ticker(), observer, List.of(observer), queue),
            slots,
            names,
            new CacheNode.Shared(
                others.store(),
                others.disk(),
                StoreGuard.NONE,
                others.board(),
                () -> SETTINGS,
                background));
    counters = node.counters();
    cache = node.cache();
    completions = node.completions();
  }

  /** The shareable part of a plain text's prompt. */
  public Prefix prefix(String tenant, String text) {
    return names.of(model.info().layout(), tenant, model.tokenize(text, true));
  }

  /** Completes a plain text with five tokens. */
  public Completion complete(String tenant, String text, CachePolicy policy) {
    return completions.complete(
        new CompletionRequest(tenant, new Prompt.Text(text), SamplingParams.GREEDY, 5, policy),
        token -> true);
  }

  /** What any node answers without a cache. */
  public static String truth(String text) {
    return new TestingNode("truth", new TestingBlockStore())
        .complete("nobody", text, CachePolicy.OFF)
        .text();
  }
}

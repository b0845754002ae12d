package dev.kvasir.cache.oracle;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.CacheStats;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.disk.DiskRules;
import dev.kvasir.cache.disk.DiskTier;
import dev.kvasir.cache.grid.Grid;
import dev.kvasir.cache.grid.GridConfig;
import dev.kvasir.cache.grid.TestingFaults;
import dev.kvasir.cache.node.CacheNode;
import dev.kvasir.cache.queue.QueueRules;
import dev.kvasir.cache.queue.SlotQueue;
import dev.kvasir.cache.request.PrefixNames;
import dev.kvasir.cache.request.RequestObserver;
import dev.kvasir.cache.request.Site;
import dev.kvasir.cache.tiered.StoreGuard;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.Completion;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.MissReason;
import dev.kvasir.completion.Prompt;
import dev.kvasir.engine.Engine;
import dev.kvasir.engine.EngineConfig;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.DirectConnections;
import dev.kvasir.inference.KvLayout;
import dev.kvasir.inference.SamplingParams;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.SequenceRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/** A node as the server wires it, without the server. Used by one thread. */
final class OracleNode implements AutoCloseable {
  private static final int PATIENT_MILLIS = 20_000;
  private static final String TENANT = "t";
  private static final String SECRET = "secret of the tests";
  private static final long BUDGET_BYTES = 96L << 20;
  private static final int NEAR_BLOCKS = 200;
  private static final int QUEUE_BLOCKS = 4096;
  private static final int MANY_MEASUREMENTS = 50; // so that earlier ones weigh nothing
  private static final SamplingParams GREEDY = SamplingParams.builder().ignoreEos(true).build();
  private static final BlockHash NO_BLOCK = new BlockHash(0, 0, 0, 0);

  final FaultyStore store;
  private final ExecutorService engineThread = Executors.newCachedThreadPool();
  private final ExecutorService publishing = Executors.newSingleThreadExecutor();
  private final ScheduledExecutorService gridThreads = Executors.newScheduledThreadPool(2);
  private final Engine engine;
  private final TokenText model;
  private final Grid grid;
  private final DiskTier disk;
  private final ExecutorService diskThreads = Executors.newFixedThreadPool(4);
  private final CacheNode node;
  private volatile float[] firstLogits = {}; // of the last sequence
  private volatile int deadlineMillis = PATIENT_MILLIS;
  private volatile LoadRule loadRule = LoadRule.ALWAYS;
  private volatile int blocksFirst; // of the end of a run, before its front is computed

  OracleNode(String name, GridConfig.Network network, Path folder, Random random) {
    engine = Engine.start(EngineConfig.of(Path.of("../models/tiny")), engineThread);
    model = new TokenText(engine.model());
    int blockBytes = model.info().layout().blockBytes();
    grid =
        Grid.start(
            new GridConfig(
                name,
                network,
                SECRET,
                settings(),
                new GridConfig.Near((long) NEAR_BLOCKS * blockBytes, blockBytes),
                Duration.ofSeconds(1)),
            gridThreads);
    disk =
        DiskTier.open(
            folder, SECRET, new DiskRules(BUDGET_BYTES, EvictionKind.LRU, grid::pins), diskThreads);
    grid.share(disk);
    store = new FaultyStore(grid, random);
    node =
        new CacheNode(
            new Site(
                name,
                Ticker.system(),
                RequestObserver.NONE,
                List.of(),
                new SlotQueue(QueueRules.NO_WAITING, Ticker.system())),
            new DirectConnections(model, this::open),
            new PrefixNames(SECRET),
            new CacheNode.Shared(
                store,
                grid.disk(),
                StoreGuard.NONE,
                grid.flights(),
                this::settings,
                new CacheNode.Background(publishing, QUEUE_BLOCKS, 100)));
  }

  private Sequence open(SequenceRequest request, BooleanSupplier wanted) {
    Sequence sequence = engine.open(request, wanted, logits -> firstLogits = logits.clone());
    return blocksFirst == 0 ? sequence : new HeldSequence(sequence, model, blocksFirst);
  }

  private CacheSettings settings() {
    return new CacheSettings(EvictionKind.LRU, BUDGET_BYTES, loadRule, deadlineMillis);
  }

  /** Shortens the wait for the grid, or makes it patient again. */
  void hurry(boolean hurried) {
    deadline(hurried ? 20 : PATIENT_MILLIS);
  }

  /** Sets the wait for the grid. */
  void deadline(int millis) {
    deadlineMillis = millis;
  }

  /**
   * Its next request expects that loading a prompt's blocks takes as long as computing them: ten
   * milliseconds a token.
   */
  void expectSlowLoads(Prefix prefix) {
    loadRule = LoadRule.AUTO;
    int tokens = prefix.hashes().size() * prefix.blockSize();
    double millis = 10.0 * tokens;
    for (int i = 0; i < MANY_MEASUREMENTS; i++) {
      record(prefix, new CacheReport(0, 0, 0, tokens, 0, 0, MissReason.NONE, millis, 0, 0, "a"));
      record(prefix, new CacheReport(0, 0, 0, 0, 0, tokens, MissReason.EVICTED, 0, 0, millis, "a"));
    }
  }

  private void record(Prefix prefix, CacheReport report) {
    node.cache().record(prefix, report, 1);
  }

  /** Computes nothing of the front of a run before so many blocks of its end came; 0: at once. */
  void awaitOfEnd(int blocks) {
    blocksFirst = blocks;
  }

  /** Its grid dies without goodbye; its engine and its cache go on. */
  void kill() {
    TestingFaults.kill(grid);
  }

  /** Its grid leaves the cluster in order; its engine and its cache go on. */
  void leave() {
    grid.close();
  }

  /** This node and another lose each other. */
  void splitFrom(OracleNode other) {
    TestingFaults.split(grid, other.grid);
  }

  /** They find back to each other. */
  void join(OracleNode other) {
    TestingFaults.join(grid, other.grid);
  }

  /** Members that it sees, itself included. */
  int members() {
    return grid.admin().cluster().members().size();
  }

  /** Whether every block that it sees has its backup. */
  boolean isSafe() {
    return grid.admin().cluster().safe();
  }

  CacheStats stats() {
    return node.cache().stats();
  }

  KvLayout layout() {
    return model.info().layout();
  }

  /** Names of a prompt's shareable blocks. */
  Prefix prefix(int[] tokens) {
    return node.names().of(layout(), TENANT, model.tokenize(TokenText.of(tokens), false));
  }

  /** An answer of so many tokens, greedy. */
  Answer answer(Prompt prompt, int newTokens, CachePolicy policy) {
    return answer(prompt, newTokens, policy, heard -> {});
  }

  /** Likewise; after each token hears how many there are. */
  Answer answer(Prompt prompt, int newTokens, CachePolicy policy, IntConsumer heard) {
    List<Integer> tokens = new ArrayList<>();
    Completion completion =
        node.completions()
            .complete(
                new CompletionRequest(TENANT, prompt, GREEDY, newTokens, policy),
                token -> {
                  tokens.add(token.tokenId());
                  heard.accept(tokens.size());
                  return true;
                });
    return new Answer(completion, tokens, firstLogits);
  }

  /** Returns when all that was offered is in the grid or dropped. */
  void finishPublishing() throws InterruptedException {
    try {
      publishing.submit(() -> {}).get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("publishing did not end", e);
    }
  }

  /** Returns when the engine has done what it does in idle time, and all of that is in the grid. */
  void finishIdle() throws InterruptedException {
    model.exportBlock(NO_BLOCK); // runs behind what it was told before
    while (model.stats().idle().waitingBlocks() > 0) {
      LockSupport.parkNanos(1_000_000);
    }
    model.exportBlock(NO_BLOCK); // it has told of the last block
    finishPublishing();
  }

  /** Blocks that lie on a disk of either node, as this one knows. */
  long onDisk(Prefix prefix) {
    return prefix.hashes().stream().filter(grid.disk()::contains).count();
  }

  /** Blocks that the index of this node knows, from the first on. */
  int knownBlocks(Prefix prefix) {
    return grid.countLeading(prefix.hashes());
  }

  int vocabularySize() {
    return model.info().vocabularySize();
  }

  void clearPool() {
    model.clearPool();
  }

  @Override
  public void close() {
    grid.close();
    gridThreads.shutdownNow();
    publishing.shutdownNow();
    disk.close();
    endWriting();
    engine.close();
    engineThread.shutdownNow();
  }

  /** Its folder is deleted next. */
  private void endWriting() {
    diskThreads.shutdown();
    try {
      if (!diskThreads.awaitTermination(30, TimeUnit.SECONDS)) {
        throw new AssertionError("the disk's writer did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * What a request gave.
   *
   * @param firstLogits (vocabulary)
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by hand, bit for bit
  record Answer(Completion completion, List<Integer> tokens, float[] firstLogits) {}
}

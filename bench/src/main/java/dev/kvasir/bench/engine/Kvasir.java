package dev.kvasir.bench.engine;

import dev.kvasir.engine.Engine;
import dev.kvasir.engine.EngineConfig;
import dev.kvasir.engine.EngineConfig.Device;
import dev.kvasir.engine.EngineConfig.Precision;
import dev.kvasir.engine.EngineConfig.Weights;
import dev.kvasir.engine.EngineSequence;
import dev.kvasir.engine.graph.KernelForm;
import dev.kvasir.engine.paged.BlockTable;
import dev.kvasir.engine.schedule.ScheduleLimits;
import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.SamplingParams;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TokenIds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Our engine, one thread a sequence; with drafts or without, with full weights or those of 8 bits.
 */
final class Kvasir implements Contender {
  static final String NAME = "kvasir";
  static final String NAME_WITH_DRAFTS = "kvasir-draft";
  static final String NAME_WITH_INT8 = "kvasir-int8";

  private static final int BLOCK = BlockTable.BLOCK_SIZE;
  private static final int POOL_TOKENS = 1 << 16; // in bf16; what was prefilled once stays there
  private static final int LOAD_TOKENS = 512;
  private static final int WARM_TOKENS = 4;
  private static final long WAIT_MINUTES = 5;
  private static final ScheduleLimits WITHOUT_DRAFTS =
      new ScheduleLimits(ScheduleLimits.DEFAULT.stepTokens(), 0);
  private static final SamplingParams GREEDY = SamplingParams.builder().ignoreEos(true).build();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final String name;
  private final Engine engine;

  private Kvasir(String name, EngineConfig config) {
    this.name = name;
    this.engine = Engine.start(config, threads);
  }

  /** Without drafts: each step gives each sequence one token, as in the other systems. */
  static Kvasir start(Path model, LlamaConfig shape) {
    return new Kvasir(NAME, config(model, shape, Weights.FULL, WITHOUT_DRAFTS));
  }

  /** As it is served. */
  static Kvasir startWithDrafts(Path model, LlamaConfig shape) {
    return new Kvasir(NAME_WITH_DRAFTS, config(model, shape, Weights.FULL, ScheduleLimits.DEFAULT));
  }

  /** Without drafts, with weights of 8 bits where their products run. */
  static Kvasir startWithInt8(Path model, LlamaConfig shape) {
    return new Kvasir(NAME_WITH_INT8, config(model, shape, Weights.INT8, WITHOUT_DRAFTS));
  }

  private static EngineConfig config(
      Path model, LlamaConfig shape, Weights weights, ScheduleLimits limits) {
    long poolBytes = 4L * shape.layers() * shape.kvHeads() * shape.headSize() * POOL_TOKENS;
    int poolMib = (int) (poolBytes >> 20);
    return new EngineConfig(model, Precision.AUTO, weights, Device.CPU, 0, poolMib, limits, null);
  }

  /** Whether it computes with weights of 8 bits. */
  boolean hasInt8() {
    return model().info().kernelForm().equals(KernelForm.INT8.label());
  }

  @Override
  public Optional<String> answersAs() {
    return Optional.of(hasInt8() ? NAME_WITH_INT8 : NAME);
  }

  Model model() {
    return engine.model();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean does(Case one) {
    return !name.equals(NAME_WITH_DRAFTS)
        || one instanceof Case.Decode
        || one instanceof Case.Quote;
  }

  @Override
  public long process() {
    return ProcessHandle.current().pid();
  }

  @Override
  public Timed prefill(TokenIds prompt, int cachedTokens) {
    SequenceRequest request = request(prompt, cachedTokens, 1);
    if (engine.model().countLeadingBlocks(request.blockHashes()) * BLOCK < cachedTokens) {
      firstToken(request);
    }
    long start = System.nanoTime();
    int token = firstToken(request);
    return new Timed(millisSince(start), List.of(TokenIds.of(token)));
  }

  private int firstToken(SequenceRequest request) {
    try (EngineSequence sequence = engine.open(request)) {
      return sequence.prefill().tokenId();
    }
  }

  @Override
  public Timed decode(List<TokenIds> prompts, int steps) {
    AtomicLong start = new AtomicLong();
    AtomicLong end = new AtomicLong();
    CyclicBarrier prefilled = barrier(prompts.size(), start);
    CyclicBarrier decoded = barrier(prompts.size(), end);
    List<Future<TokenIds>> answers = new ArrayList<>();
    for (TokenIds prompt : prompts) {
      SequenceRequest request = request(prompt, (prompt.size() - 1) / BLOCK * BLOCK, steps + 1);
      answers.add(threads.submit(() -> decode(request, prefilled, decoded)));
    }
    List<TokenIds> tokens = answers.stream().map(Kvasir::result).toList();
    return new Timed((end.get() - start.get()) / 1e6 / steps, tokens);
  }

  /** Where threads wait for each other; notes when the last one came. */
  private static CyclicBarrier barrier(int threads, AtomicLong nanoTime) {
    return new CyclicBarrier(threads, () -> nanoTime.set(System.nanoTime()));
  }

  private TokenIds decode(SequenceRequest request, CyclicBarrier prefilled, CyclicBarrier decoded)
      throws InterruptedException, BrokenBarrierException, TimeoutException {
    int[] tokens = new int[request.maxNewTokens()];
    try (EngineSequence sequence = engine.open(request)) {
      tokens[0] = sequence.prefill().tokenId();
      prefilled.await(WAIT_MINUTES, TimeUnit.MINUTES);
      for (int i = 1; i < tokens.length; i++) {
        tokens[i] = sequence.next().tokenId();
      }
      decoded.await(WAIT_MINUTES, TimeUnit.MINUTES);
    }
    return TokenIds.of(tokens);
  }

  @Override
  public Timed firstTokenUnderLoad(List<TokenIds> running, TokenIds prompt) {
    AtomicBoolean enough = new AtomicBoolean();
    CountDownLatch warm = new CountDownLatch(WARM_TOKENS * running.size());
    List<Future<Integer>> load = new ArrayList<>();
    for (TokenIds one : running) {
      SequenceRequest request = request(one, (one.size() - 1) / BLOCK * BLOCK, LOAD_TOKENS);
      load.add(threads.submit(() -> decodeUntil(enough, request, warm)));
    }
    try {
      if (!result(threads.submit(() -> warm.await(WAIT_MINUTES, TimeUnit.MINUTES)))) {
        throw new IllegalStateException("the sequences that are the load do not decode");
      }
      return prefill(prompt, 0);
    } finally {
      enough.set(true);
      load.forEach(Kvasir::result);
    }
  }

  /** Decodes to the end or until it is enough; returns how many tokens. */
  private int decodeUntil(AtomicBoolean enough, SequenceRequest request, CountDownLatch warm) {
    int count = 1;
    try (EngineSequence sequence = engine.open(request)) {
      sequence.prefill();
      for (; count < request.maxNewTokens() && !enough.get(); count++) {
        sequence.next();
        warm.countDown();
      }
    }
    return count;
  }

  /** A request whose leading blocks are shared with all requests for a prompt with that start. */
  private static SequenceRequest request(TokenIds prompt, int sharedTokens, int newTokens) {
    List<BlockHash> names = new ArrayList<>();
    for (int to = BLOCK; to <= sharedTokens; to += BLOCK) {
      names.add(new BlockHash(prompt.slice(0, to).hashCode(), to, 0, 0));
    }
    return new SequenceRequest(prompt, names, GREEDY, newTokens);
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while measuring", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the engine failed in a measurement", e.getCause());
    }
  }

  @Override
  public void close() {
    engine.close();
    threads.shutdownNow();
  }
}

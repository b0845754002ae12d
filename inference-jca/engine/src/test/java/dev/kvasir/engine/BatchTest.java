package dev.kvasir.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.EngineConfig.Device;
import dev.kvasir.engine.EngineConfig.Precision;
import dev.kvasir.engine.graph.KernelForm;
import dev.kvasir.engine.paged.BlockTable;
import dev.kvasir.engine.schedule.ScheduleLimits;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.EngineStats;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.SamplingParams;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TokenIds;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A sequence's tokens, logits and K/V are the same alone without drafts and, with them, among
 * others that enter and leave at random steps, with more sequences than the pool has room for.
 */
class BatchTest {
  private static final int BLOCK = BlockTable.BLOCK_SIZE;
  private static final int AT_ONCE = 16;
  private static final ScheduleLimits NO_DRAFTS =
      new ScheduleLimits(ScheduleLimits.DEFAULT.stepTokens(), 0);

  static Stream<Arguments> engines() {
    List<Arguments> engines = new ArrayList<>();
    for (Precision precision : List.of(Precision.F32, Precision.BF16)) {
      for (KernelForm form : KernelForm.values()) {
        engines.add(Arguments.of(TestingModels.tiny(), precision, form, 40, 400, 80));
      }
      TestingModels.smolLm2()
          .ifPresent(
              path -> engines.add(Arguments.of(path, precision, KernelForm.ONEDNN, 16, 150, 40)));
    }
    TestingModels.smolLm2()
        .ifPresent(
            path -> engines.add(Arguments.of(path, Precision.BF16, KernelForm.INT8, 8, 150, 70)));
    return engines.stream();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void next_amongOthers_sameBitsAsAlone(
      Path model, Precision precision, KernelForm form, int count, int longest, int newTokens) {
    long seed = Long.getLong("kvasir.seed", System.nanoTime());
    String what = "seed %d, %s %s %s".formatted(seed, model.getFileName(), precision, form);
    System.getLogger(BatchTest.class.getName()).log(System.Logger.Level.INFO, what);
    Random random = new Random(seed);
    ExecutorService threads = Executors.newCachedThreadPool();
    int poolMib =
        model.endsWith("tiny")
            ? 3
            : precision == Precision.F32 ? 24 : 12; // room for some of them only
    List<SequenceRequest> requests = new ArrayList<>();
    List<Answer> alone = new ArrayList<>();
    try (Engine engine =
        Engine.start(config(model, precision, form, poolMib, NO_DRAFTS), threads)) {
      requests.addAll(requests(engine, count, longest, newTokens, random));
      for (SequenceRequest request : requests) {
        engine.model().clearPool();
        alone.add(answer(engine, request));
      }
    }
    try (Engine engine =
        Engine.start(config(model, precision, form, poolMib, ScheduleLimits.DEFAULT), threads)) {
      Semaphore slots = new Semaphore(AT_ONCE);
      List<CompletableFuture<Answer>> together = new ArrayList<>();
      for (SequenceRequest request : requests) {
        slots.acquireUninterruptibly();
        together.add(
            CompletableFuture.supplyAsync(() -> answer(engine, request), threads)
                .whenComplete((answer, failure) -> slots.release()));
      }
      int compared = 0;
      for (int i = 0; i < requests.size(); i++) {
        Answer answer = together.get(i).join();
        assertArrayEquals(alone.get(i).logits(), answer.logits(), what + ", sequence " + i);
        assertEquals(alone.get(i).tokens(), answer.tokens(), what + ", sequence " + i);
        compared += compareBlocks(alone.get(i), answer, what + ", sequence " + i);
      }
      assertTrue(compared > 0, "no block was there to compare; " + what);
      EngineStats stats = engine.model().stats();
      boolean crowded = model.endsWith("tiny"); // of the others there are too few to be sure
      assertTrue(!crowded || stats.preemptions() > 0, "nobody was preempted; " + what);
      assertTrue(form == KernelForm.PLAIN || stats.draftedTokens() > 0, "no draft; " + what);
      assertEquals(0, engine.model().poolStats().usedBlocks());
    } finally {
      threads.shutdown();
    }
  }

  /** Compares K/V of those that the pool still had at both ends; returns how many. */
  private static int compareBlocks(Answer alone, Answer among, String what) {
    Set<BlockHash> both = new HashSet<>(alone.blocks().keySet());
    both.retainAll(among.blocks().keySet());
    for (BlockHash block : both) {
      assertEquals(alone.blocks().get(block), among.blocks().get(block), what + ", K/V");
    }
    return both.size();
  }

  private static EngineConfig config(
      Path model, Precision precision, KernelForm form, int poolMib, ScheduleLimits limits) {
    return new EngineConfig(model, precision, Device.CPU, 1_024, poolMib, limits, form);
  }

  private static List<SequenceRequest> requests(
      Engine engine, int count, int longest, int newTokens, Random random) {
    int vocabulary = engine.model().info().vocabularySize();
    int[] shared = random.ints(longest, 0, vocabulary).toArray();
    List<SequenceRequest> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] prompt = Arrays.copyOf(shared, 1 + random.nextInt(longest));
      int own = random.nextInt(prompt.length);
      for (int at = own; at < prompt.length; at++) {
        // half of the prompts repeat themselves, so that there is something to draft
        prompt[at] = i % 2 == 0 && at >= 9 ? prompt[at - 9] : random.nextInt(vocabulary);
      }
      TokenIds tokens = TokenIds.of(prompt);
      SamplingParams sampling =
          SamplingParams.builder()
              .temperature(random.nextInt(2))
              .topP(0.9)
              .frequencyPenalty(random.nextInt(2))
              .seed(random.nextLong())
              .topLogprobs(3)
              .ignoreEos(true)
              .build();
      requests.add(
          new SequenceRequest(
              tokens,
              random.nextInt(4) == 0 ? List.of() : hashes(tokens),
              sampling,
              1 + random.nextInt(newTokens)));
    }
    return requests;
  }

  private static List<BlockHash> hashes(TokenIds prompt) {
    return IntStream.range(0, (prompt.size() - 1) / BLOCK)
        .mapToObj(i -> new BlockHash(prompt.slice(0, (i + 1) * BLOCK).hashCode(), i, 0, 0))
        .toList();
  }

  private static Answer answer(Engine engine, SequenceRequest request) {
    FirstLogits first = new FirstLogits();
    try (EngineSequence sequence = engine.open(request, () -> true, first)) {
      List<GeneratedToken> tokens = new ArrayList<>();
      tokens.add(sequence.prefill());
      while (tokens.get(tokens.size() - 1).finish() == null) {
        tokens.add(sequence.next());
      }
      return new Answer(first.get(), tokens, blocks(engine, request));
    }
  }

  private static Map<BlockHash, ByteBuffer> blocks(Engine engine, SequenceRequest request) {
    Map<BlockHash, ByteBuffer> blocks = new HashMap<>();
    for (BlockHash hash : request.blockHashes()) {
      engine
          .model()
          .exportBlock(hash)
          .ifPresent(block -> blocks.put(hash, block.payload(engine.model().info().layout())));
    }
    return blocks;
  }

  /**
   * An answer.
   *
   * @param tokens with the log probabilities of the likeliest at each step
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by hand
  private record Answer(
      float[] logits, List<GeneratedToken> tokens, Map<BlockHash, ByteBuffer> blocks) {}
}

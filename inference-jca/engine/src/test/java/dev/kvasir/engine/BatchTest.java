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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
 * A sequence's tokens and logits are the same alone without drafts and, with them, among others
 * that enter and leave at random steps, with more sequences than the pool has room for.
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
              path -> engines.add(Arguments.of(path, precision, KernelForm.ONEDNN, 8, 150, 70)));
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
      for (int i = 0; i < requests.size(); i++) {
        Answer answer = together.get(i).join();
        assertArrayEquals(alone.get(i).logits(), answer.logits(), what + ", sequence " + i);
        assertEquals(alone.get(i).tokens(), answer.tokens(), what + ", sequence " + i);
      }
      EngineStats stats = engine.model().stats();
      boolean crowded = model.endsWith("tiny"); // of the others there are too few to be sure
      assertTrue(!crowded || stats.preemptions() > 0, "nobody was preempted; " + what);
      assertTrue(form == KernelForm.PLAIN || stats.draftedTokens() > 0, "no draft; " + what);
      assertEquals(0, engine.model().poolStats().usedBlocks());
    } finally {
      threads.shutdown();
    }
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
    try (EngineSequence sequence = engine.open(request, first)) {
      List<Integer> tokens = new ArrayList<>();
      GeneratedToken token = sequence.prefill();
      tokens.add(token.tokenId());
      while (token.finish() == null) {
        token = sequence.next();
        tokens.add(token.tokenId());
      }

      return new Answer(first.get(), tokens);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // compared by hand
  private record Answer(float[] logits, List<Integer> tokens) {}
}

package dev.kvasir.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.blend.DeviationCheck;
import dev.kvasir.engine.blend.Mosaic;
import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.engine.paged.CachedBlock;
import dev.kvasir.inference.AssemblyOutcome;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TokenIds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Assembled sequences among ordinary ones: nobody reads an approximate row but its own. */
class AssembledTest extends SmallWorlds {
  private static final int POOL_BLOCKS = 20;
  private static final double WRONG = 5; // what an assembled slot is off by
  private static final int ROUNDS = Integer.getInteger("kvasir.mixtures", 60);

  /**
   * A request, and what is put together of its prompt; null for an ordinary one.
   *
   * @param deviating moved rows that a look at them chooses to be computed
   */
  private record Asked(SequenceRequest request, @Nullable Mosaic mosaic, int deviating) {
    /** The mosaic, to be used once. */
    @Nullable Mosaic assembled() {
      return mosaic == null
          ? null
          : new Mosaic(
              mosaic.payloads(), mosaic.begin(), mosaic.kept(), check(mosaic), mosaic.outcome());
    }

    private @Nullable DeviationCheck check(Mosaic whole) {
      if (deviating == 0) {
        return null;
      }
      int[] rows = whole.kept().stream().toArray();
      float[][] moved = new float[rows.length][];
      for (int i = 0; i < rows.length; i++) {
        ByteBuffer payload = Objects.requireNonNull(whole.payloads().get(rows[i] / BLOCK));
        moved[i] = new float[] {(float) payload.getDouble(rows[i] % BLOCK * Double.BYTES)};
      }
      return new DeviationCheck(1, rows, moved, deviating);
    }
  }

  @Test
  void step_exactAndApproximateMixed_eachAsAloneAndNamesExact() {
    long preemptions = 0;
    int assembled = 0;
    int looks = 0;
    int named = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long seed = Long.getLong("kvasir.seed", System.nanoTime());
      Random random = new Random(seed);
      List<Asked> asked = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        asked.add(asked(random));
      }
      List<List<Integer>> expected = new ArrayList<>();
      for (Asked each : asked) {
        world(50, new ScheduleLimits(2 * BLOCK, 0));
        expected.add(runTogether(List.of(each), random).get(0));
        assembled += each.mosaic() == null ? 0 : 1;
      }
      world(POOL_BLOCKS, LIMITS);
      assertEquals(expected, runTogether(asked, random), "seed " + seed);
      looks += graph.looks;
      preemptions += scheduler.stats().preemptions();
      named += namedBlocks("seed " + seed);
      assertEquals(0, pool.stats().usedBlocks(), "seed " + seed);
    }
    assertTrue(preemptions > 0 && assembled > ROUNDS && named > ROUNDS, "too little happened");
    assertTrue(looks > ROUNDS, "too few looks");
  }

  private static Asked asked(Random random) {
    SequenceRequest plain = request(1 + random.nextInt(40), 1 + random.nextInt(30), random);
    TokenIds prompt = plain.prompt();
    int begin = random.nextInt(prompt.size());
    int end = begin + random.nextInt(prompt.size() - begin);
    if (begin == end || random.nextInt(3) == 0) {
      return new Asked(plain, null, 0);
    }
    SortedMap<Integer, ByteBuffer> payloads = new TreeMap<>();
    BitSet kept = new BitSet();
    for (int at = begin; at < end; at++) {
      payloads
          .computeIfAbsent(at / BLOCK, any -> ByteBuffer.allocate(BLOCK * Double.BYTES))
          .putDouble(
              at % BLOCK * Double.BYTES, prompt.get(at) * 31 + at + WRONG * random.nextInt(9));
      kept.set(at, random.nextInt(4) > 0);
    }
    int exactBlocks = Math.min(random.nextInt(4), begin / BLOCK);
    List<BlockHash> names = hashes(prompt);
    return new Asked(
        request(prompt, plain.maxNewTokens(), names.subList(0, exactBlocks)),
        new Mosaic(payloads, begin, kept, null, new AssemblyOutcome(0, 0, List.of())),
        random.nextInt(1 + kept.cardinality()));
  }

  private List<List<Integer>> runTogether(List<Asked> asked, Random random) {
    List<Run> runs = new ArrayList<>();
    while (runs.size() < asked.size() || runs.stream().anyMatch(run -> !run.finished)) {
      if (runs.size() < asked.size() && random.nextInt(3) == 0) {
        runs.add(new Run(asked.get(runs.size())));
      }
      scheduler.step();
      runs.forEach(Run::goOn);
    }
    return runs.stream().map(run -> run.tokens).toList();
  }

  /** Each named block holds what prefill computes of its tokens. */
  private int namedBlocks(String what) {
    int named = 0;
    for (int id = PagedGraph.FIRST_BLOCK; id < PagedGraph.FIRST_BLOCK + POOL_BLOCKS; id++) {
      if (pool.content(id).isPresent()) {
        CachedBlock content = pool.content(id).get();
        ByteBuffer held = graph.exportBlock(id);
        for (int i = 0; i < BLOCK; i++) {
          int position = content.blockIndex() * BLOCK + i;
          assertEquals(
              content.tokens().get(i) * 31 + position, held.getDouble(i * Double.BYTES), what);
        }
        named++;
      }
    }
    return named;
  }

  private final class Run {
    final CompletableFuture<Generation> opened;
    final @Nullable Mosaic mosaic;
    final List<Integer> tokens = new ArrayList<>();
    boolean started;
    boolean finished;

    Run(Asked asked) {
      opened = open(asked.request());
      mosaic = asked.assembled();
    }

    void goOn() {
      if (opened.isDone() && !started) {
        started = true;
        Generation generation = opened.join();
        if (mosaic != null) {
          mosaic.payloads().values().forEach(ByteBuffer::rewind);
          scheduler.assemble(generation, mosaic);
        }
        generation.startDecode();
        scheduler.start(generation);
      }
      while (started && !finished && !opened.join().outbox.isEmpty()) {
        GeneratedToken token = opened.join().take(() -> {}, () -> {});
        tokens.add(token.tokenId());
        finished = token.finish() != null;
      }
    }
  }
}

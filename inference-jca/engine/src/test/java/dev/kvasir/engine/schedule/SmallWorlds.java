package dev.kvasir.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.TestingModels;
import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.engine.paged.BlockPool;
import dev.kvasir.engine.text.Tokenizer;
import dev.kvasir.engine.weights.load.Checkpoints;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.GeneratedToken;
import dev.kvasir.inference.PoolBusyException;
import dev.kvasir.inference.SamplingParams;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;

/** Small worlds of blocks of 4, on a graph whose answers show every wrong slot. */
abstract class SmallWorlds {
  static final int BLOCK = TestingGraph.BLOCK;
  static final StepRules RULES = new StepRules(BLOCK, 4 * BLOCK, 8);
  static final ScheduleLimits LIMITS = new ScheduleLimits(2 * BLOCK, 3);
  static AnswerRules answers;

  TestingGraph graph = new TestingGraph(0);
  BlockPool pool = new BlockPool(0, 0, 0);
  Scheduler scheduler = new Scheduler(graph, pool, RULES, LIMITS);

  @BeforeAll
  static void loadTokenizer() {
    try (var checkpoint = Checkpoints.open(TestingModels.tiny())) {
      answers =
          new AnswerRules(Tokenizer.of(checkpoint.text().tokenizerJson()), Set.of(), 200, null);
    }
  }

  void world(int blocks) {
    world(blocks, LIMITS);
  }

  void world(int blocks, ScheduleLimits limits) {
    graph = new TestingGraph(PagedGraph.FIRST_BLOCK + blocks);
    pool = new BlockPool(PagedGraph.FIRST_BLOCK, blocks, BLOCK * Double.BYTES);
    scheduler = new Scheduler(graph, pool, RULES, limits);
  }

  CompletableFuture<Generation> open(SequenceRequest request) {
    CompletableFuture<Generation> outcome = new CompletableFuture<>();
    scheduler.open(scheduler.generation(request, answers), outcome);
    return outcome;
  }

  Generation start(SequenceRequest request) {
    Generation generation = open(request).join();
    generation.startDecode();
    scheduler.start(generation);
    return generation;
  }

  List<Integer> finish(Generation generation) {
    List<Integer> tokens = new ArrayList<>();
    GeneratedToken token;
    do {
      while (generation.outbox.isEmpty()) {
        assertTrue(scheduler.step(), "nothing more is done");
      }
      token = generation.take(() -> {}, () -> {});
      tokens.add(token.tokenId());
    } while (token.finish() == null);
    return tokens;
  }

  /** Prompts share their beginnings; three of four have names. */
  static SequenceRequest request(int promptTokens, int newTokens, Random random) {
    int[] prompt = IntStream.range(0, promptTokens).map(i -> 100 + i).toArray();
    prompt[random.nextInt(promptTokens)] = 100 + random.nextInt(900);
    TokenIds tokens = TokenIds.of(prompt);
    return request(tokens, newTokens, random.nextInt(4) == 0 ? List.of() : hashes(tokens));
  }

  /** Names of the shareable blocks of a prompt. */
  static List<BlockHash> hashes(TokenIds tokens) {
    return IntStream.range(0, (tokens.size() - 1) / BLOCK)
        .mapToObj(i -> new BlockHash(tokens.slice(0, (i + 1) * BLOCK).hashCode(), i, 0, 0))
        .toList();
  }

  static SequenceRequest request(TokenIds prompt, int newTokens, List<BlockHash> hashes) {
    return new SequenceRequest(prompt, hashes, SamplingParams.GREEDY, newTokens);
  }

  /** Opens a sequence when it can, and reads all that comes. */
  final class Reader {
    final CompletableFuture<Generation> opened;
    final List<Integer> tokens = new ArrayList<>();
    boolean started;
    boolean finished;
    boolean refused;

    Reader(SequenceRequest request) {
      opened = open(request);
    }

    void readAllUnlessRefused() {
      try {
        readAll();
      } catch (PoolBusyException full) {
        refused = true;
        finished = true;
      }
    }

    void readAll() {
      if (opened.isDone() && !started) {
        started = true;
        opened.join().startDecode();
        scheduler.start(opened.join());
      }
      while (started && !finished && !opened.join().outbox.isEmpty()) {
        GeneratedToken token = opened.join().take(() -> {}, () -> {});
        tokens.add(token.tokenId());
        finished = token.finish() != null;
      }
    }
  }
}

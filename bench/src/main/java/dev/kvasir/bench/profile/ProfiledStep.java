package dev.kvasir.bench.profile;

import dev.kvasir.engine.graph.PagedGraph;
import dev.kvasir.engine.graph.StepInput;
import dev.kvasir.engine.paged.BlockTable;
import dev.kvasir.engine.schedule.Chunk;
import dev.kvasir.engine.schedule.DecodeStep;
import dev.kvasir.engine.schedule.StepRules;
import dev.kvasir.inference.TokenIds;
import java.util.Random;

/**
 * A step that the engine runs, made by its own classes; each sequence on blocks of its own, and
 * what they hold does not matter.
 */
sealed interface ProfiledStep {
  /** Name in tables and JSON, as in {@code bin/bench engine}. */
  String name();

  /** Sequences in it. */
  int sequences();

  /** Tokens of each sequence, those of the step included. */
  int positions();

  /** Whether the engine takes it in one step. */
  boolean isRun(StepRules rules);

  /**
   * The step itself.
   *
   * @param rules by which it is one step
   * @param vocabulary ids are below it
   */
  StepInput input(StepRules rules, int vocabulary);

  /** Blocks of a sequence. */
  default int blocks() {
    return BlockTable.blocksFor(positions(), BlockTable.BLOCK_SIZE);
  }

  private static BlockTable table(ProfiledStep step, int sequence) {
    BlockTable table = new BlockTable(BlockTable.BLOCK_SIZE);
    for (int i = 0; i < step.blocks(); i++) {
      table.append(PagedGraph.FIRST_BLOCK + sequence * step.blocks() + i);
    }
    return table;
  }

  /** The end of a prompt: so many tokens behind so many whole blocks that are computed already. */
  record Prefill(int past, int tokens) implements ProfiledStep {
    @Override
    public String name() {
      return past == 0 ? "prefill-" + tokens : "suffix-%d@%d".formatted(tokens, past);
    }

    @Override
    public int sequences() {
      return 1;
    }

    @Override
    public int positions() {
      return past + tokens;
    }

    @Override
    public boolean isRun(StepRules rules) {
      return chunk(rules).size() == tokens;
    }

    @Override
    public StepInput input(StepRules rules, int vocabulary) {
      TokenIds ids = TokenIds.of(new Random(1).ints(positions(), 0, vocabulary).toArray());
      return chunk(rules).prefillStep(ids, table(this, 0), rules.blockSize());
    }

    private Chunk chunk(StepRules rules) {
      return Chunk.next(past, positions(), rules.chunkTokens(), rules.chunkTokens());
    }
  }

  /** One token of each of several sequences behind so many tokens. */
  record Decode(int sequences, int past) implements ProfiledStep {
    @Override
    public String name() {
      return "decode-%d@%d".formatted(sequences, past);
    }

    @Override
    public int positions() {
      return past + 1;
    }

    @Override
    public boolean isRun(StepRules rules) {
      return sequences <= rules.maxDecodeRows();
    }

    @Override
    public StepInput input(StepRules rules, int vocabulary) {
      Random random = new Random(1);
      DecodeStep step = new DecodeStep();
      for (int i = 0; i < sequences; i++) {
        step.add(random.nextInt(vocabulary), past, table(this, i));
      }
      return step.input();
    }
  }
}

package dev.kvasir.console.blocks;

import dev.kvasir.cache.BlockInfo;
import dev.kvasir.cache.browse.BlockBrowser;
import dev.kvasir.cache.browse.BlockRun;
import dev.kvasir.cache.browse.Leaving;
import dev.kvasir.cache.browse.PromptBlocks;
import dev.kvasir.cache.browse.PromptText;
import dev.kvasir.cache.browse.RemovedBranch;
import dev.kvasir.cache.browse.RunPage;
import dev.kvasir.cache.browse.RunQuery;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A root that two runs continue, and 30 roots without any; keeps what it is told. */
final class TestingBrowser implements BlockBrowser {
  static final int ROOTS = 31;
  static final int CHILDREN = 2;

  final List<String> told = new ArrayList<>();
  RemovedBranch removal = new RemovedBranch(3, 0, 0);
  boolean fails;

  static BlockHash hash(int level, int number) {
    return new BlockHash((long) level << 60 | (long) number << 40, 0, 0, 1);
  }

  static BlockRun run(int level, int number) {
    @Nullable BlockHash parent = level == 0 ? null : hash(level - 1, 0);
    BlockInfo block =
        new BlockInfo(
            hash(level, number),
            parent,
            level,
            2048,
            "default",
            "a",
            5,
            60,
            9,
            level == 0 && number == 0 ? CHILDREN : 0,
            false);
    BlockRun.Extent extent = new BlockRun.Extent(1, 2048);
    return new BlockRun(block, block, extent, extent, List.of("a"), 0, 1, 0);
  }

  @Override
  public RunPage runs(RunQuery query) {
    if (fails) {
      throw new IllegalStateException("the grid is gone");
    }
    int level = query.after() == null ? 0 : 1;
    int total = level == 0 ? ROOTS : CHILDREN;
    return new RunPage(
        IntStream.range(query.offset(), Math.min(total, query.offset() + query.limit()))
            .mapToObj(number -> run(level, number))
            .toList(),
        total);
  }

  @Override
  public List<BlockRun> path(BlockHash hash) {
    return List.of(run(0, 0), run(1, 0));
  }

  @Override
  public PromptBlocks find(PromptText text) {
    told.add("find " + text);
    return switch (text.text()) {
      case "cached" -> new PromptBlocks(200, 3, 2, 1, 0, hash(1, 0), path(hash(1, 0)));
      case "short" -> new PromptBlocks(9, 0, 0, 0, 0, null, List.of());
      default -> new PromptBlocks(200, 3, 0, 0, 0, null, List.of());
    };
  }

  @Override
  public RemovedBranch remove(BlockHash hash, Leaving how) {
    told.add(how + " " + hash);
    return removal;
  }
}

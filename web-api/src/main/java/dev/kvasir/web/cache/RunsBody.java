package dev.kvasir.web.cache;

import dev.kvasir.cache.browse.BlockRun;
import dev.kvasir.cache.browse.RunPage;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;

/**
 * Runs of cached blocks that stand beside each other; they mean what {@link BlockRun} says.
 *
 * @param total how many there are
 */
@JsonbPropertyOrder({"runs", "total"})
public record RunsBody(List<Run> runs, int total) {

  /**
   * One of them.
   *
   * @param last hash of its last block
   * @param children runs that continue it
   */
  @JsonbPropertyOrder({
    "first",
    "last",
    "children",
    "blocks",
    "bytes",
    "branchBlocks",
    "branchBytes",
    "owners",
    "pinnedBlocks",
    "diskBlocks",
    "poolBlocks"
  })
  public record Run(
      BlocksBody.Block first,
      String last,
      int children,
      int blocks,
      long bytes,
      int branchBlocks,
      long branchBytes,
      List<String> owners,
      int pinnedBlocks,
      int diskBlocks,
      int poolBlocks) {}

  static RunsBody of(RunPage page) {
    return new RunsBody(runs(page.runs()), page.total());
  }

  static List<Run> runs(List<BlockRun> runs) {
    return runs.stream().map(RunsBody::run).toList();
  }

  private static Run run(BlockRun run) {
    return new Run(
        BlocksBody.block(run.first()),
        run.last().hash().toString(),
        run.last().cachedChildren(),
        run.own().blocks(),
        run.own().bytes(),
        run.branch().blocks(),
        run.branch().bytes(),
        run.owners(),
        run.pinnedBlocks(),
        run.diskBlocks(),
        run.poolBlocks());
  }
}

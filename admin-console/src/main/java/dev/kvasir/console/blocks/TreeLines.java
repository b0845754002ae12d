package dev.kvasir.console.blocks;

import dev.kvasir.cache.browse.BlockBrowser;
import dev.kvasir.cache.browse.BlockRun;
import dev.kvasir.cache.browse.RunPage;
import dev.kvasir.cache.browse.RunQuery;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The lines of the tree that are shown: what is below a line is asked for when it is opened. */
final class TreeLines {
  /** Runs that are asked for at a time. */
  static final int PAGE = 25;

  private final BlockBrowser browser;
  private final String tenant;
  private final List<TreeLine> lines = new ArrayList<>();

  private TreeLines(BlockBrowser browser, String tenant) {
    this.browser = browser;
    this.tenant = tenant;
  }

  /** What prefixes begin with; of a tenant, or of all if that is empty. */
  static TreeLines roots(BlockBrowser browser, String tenant) {
    TreeLines roots = new TreeLines(browser, tenant);
    roots.insert(0, TreeLine.more(0, null, 0, 0));
    return roots;
  }

  /** One way through the tree, opened. */
  static TreeLines path(BlockBrowser browser, List<BlockRun> path) {
    TreeLines lines = new TreeLines(browser, "");
    BlockHash after = null;
    for (int level = 0; level < path.size(); level++) {
      BlockRun run = path.get(level);
      lines.lines.add(TreeLine.of(run, level, after, 0).opened(level < path.size() - 1));
      after = run.last().hash();
    }
    return lines;
  }

  /** Opens a run that is closed, and the other way round. */
  void toggle(int index) {
    TreeLine line = lines.get(index);
    if (line.open()) {
      close(index);
    } else if (line.run() != null) {
      lines.set(index, line.opened(true));
      insert(index + 1, TreeLine.more(line.level() + 1, line.run().last().hash(), 0, 0));
    }
  }

  /** Shows the runs whose place a line holds. */
  void more(int index) {
    TreeLine place = lines.remove(index);
    insert(index, place);
  }

  private void close(int index) {
    TreeLine line = lines.get(index);
    lines.set(index, line.opened(false));
    while (index + 1 < lines.size() && lines.get(index + 1).level() > line.level()) {
      lines.remove(index + 1);
    }
  }

  private void insert(int index, TreeLine place) {
    @Nullable BlockHash after = place.after();
    RunPage page = browser.runs(new RunQuery(after, tenant, place.offset(), PAGE));
    List<TreeLine> found = new ArrayList<>();
    int offset = place.offset();
    for (BlockRun run : page.runs()) {
      found.add(TreeLine.of(run, place.level(), after, offset++));
    }
    if (offset < page.total()) {
      found.add(TreeLine.more(place.level(), after, offset, page.total() - offset));
    }
    lines.addAll(index, found);
  }

  /** Those shown, from the top. */
  List<TreeLine> shown() {
    return List.copyOf(lines);
  }

  /** The run of a line. */
  BlockRun run(int index) {
    return Objects.requireNonNull(lines.get(index).run(), "a line without a run");
  }
}

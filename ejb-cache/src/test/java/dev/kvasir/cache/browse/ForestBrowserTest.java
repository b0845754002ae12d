package dev.kvasir.cache.browse;

import static dev.kvasir.cache.browse.TestingCachedBlocks.hash;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvasir.cache.browse.BlockRun.Extent;
import dev.kvasir.completion.CompletionRefusedException;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ForestBrowserTest {
  /*
   *   1 - 2 - 3 - 4        of a: two branches behind 3
   *           \ - 5 - 6
   *   7 - 8                of b
   *   9                    of a
   *  11 - 12               of a: its parent 10 is gone
   */
  private final TestingCachedBlocks cache =
      new TestingCachedBlocks()
          .chain("a", 0, 1, 2, 3, 4)
          .chain("a", 3, 5, 6)
          .chain("b", 0, 7, 8)
          .chain("a", 0, 9)
          .chain("a", 10, 11, 12);

  private long now;
  private final ForestBrowser browser = new ForestBrowser(cache, () -> now);

  @Test
  void runs_roots_largestBranchFirst() {
    RunPage page = browser.runs(new RunQuery(null, "", 0, 10));

    assertEquals("1-3 7-8 11-12 9", written(page.runs()));
    assertEquals(4, page.total());
    BlockRun first = page.runs().get(0);
    assertEquals(new Extent(3, 30), first.own());
    assertEquals(new Extent(6, 60), first.branch());
    assertEquals(List.of("odd", "even"), first.owners());
    assertEquals(2, first.last().cachedChildren());
    assertEquals(1, first.poolBlocks());
  }

  @Test
  void runs_behindABlock_itsBranches() {
    assertEquals("5-6 4", written(runs(3, "", 0, 10)));
    assertEquals("2-3", written(runs(1, "", 0, 10)));
    assertEquals("", written(runs(4, "", 0, 10)));
    assertEquals("", written(runs(99, "", 0, 10)));
  }

  @ParameterizedTest
  @CsvSource({"a, 0, 10, 1-3 11-12 9", "b, 0, 10, 7-8", "a, 1, 1, 11-12", "nobody, 0, 10, ''"})
  void runs_tenantAndPage_onlyThose(String tenant, int offset, int limit, String found) {
    assertEquals(found, written(browser.runs(new RunQuery(null, tenant, offset, limit)).runs()));
  }

  @Test
  void runs_someOnDisk_counted() {
    cache.disk.addAll(List.of(2, 3, 4));
    assertEquals(2, browser.runs(new RunQuery(null, "a", 0, 1)).runs().get(0).diskBlocks());
  }

  @Test
  void path_innerBlock_runsFromTheRootOn() {
    assertEquals("1-3 5-6", written(browser.path(hash(6))));
    assertEquals("1-3", written(browser.path(hash(2))));
    assertEquals(List.of(), browser.path(hash(99)));
  }

  @Test
  void forest_withinASecond_takenOnce() {
    runs(3, "", 0, 10);
    now += TimeUnit.MILLISECONDS.toNanos(900);
    runs(3, "", 0, 10);
    assertEquals(1, cache.taken);
    now += TimeUnit.MILLISECONDS.toNanos(200);
    runs(3, "", 0, 10);
    assertEquals(2, cache.taken);
  }

  @Test
  void find_partlyCached_saysWhere() {
    cache.disk.add(1);
    PromptBlocks found = browser.find(new PromptText("a", "12345678", PromptText.Kind.RENDERED));

    assertEquals(9, found.tokens());
    assertEquals(8, found.wholeBlocks());
    assertEquals(8, found.gridBlocks());
    assertEquals(1, found.poolBlocks());
    assertEquals(1, found.diskBlocks());
    assertEquals(hash(8), found.last());
    assertEquals("7-8", written(found.path()));
  }

  @Test
  void find_nothingCached_noPath() {
    cache.blocks.clear();
    PromptBlocks found = browser.find(new PromptText("a", "123", PromptText.Kind.RENDERED));

    assertEquals(0, found.gridBlocks());
    assertNull(found.last());
    assertEquals(List.of(), found.path());
  }

  @Test
  void remove_branch_leavesFirstAndShownAtOnce() {
    assertEquals(new RemovedBranch(4, 0, 0), browser.remove(hash(3), Leaving.EVICT));

    assertEquals(List.of("EVICT of a: [6, 5, 4, 3]"), cache.removed);
    assertEquals("1-2 7-8 11-12 9", written(browser.runs(new RunQuery(null, "", 0, 10)).runs()));
  }

  @Test
  void remove_somePinned_nothingLeaves() {
    cache.pin(6);
    cache.pin(5);

    assertEquals(new RemovedBranch(0, 0, 2), browser.remove(hash(1), Leaving.EXPIRE));
    assertEquals(List.of(), cache.removed);
    assertEquals(RemovedBranch.NONE, browser.remove(hash(99), Leaving.EXPIRE));
  }

  @Test
  void rendered_systemMessage_upToItsEnd() {
    PromptText text = new PromptText("a", " Be kind. ", PromptText.Kind.SYSTEM);

    assertEquals(
        "<s>Be kind.",
        text.rendered(chat -> "<s>" + chat.messages().get(0).content() + "</s><u>?</u>"));
    assertThrows(CompletionRefusedException.class, () -> text.rendered(chat -> "<u>?</u>"));
    assertThrows(
        CompletionRefusedException.class,
        () ->
            text.rendered(
                chat -> {
                  throw new IllegalArgumentException("no system message, please");
                }));
    assertFalse(text.toString().contains("kind."), text::toString);
  }

  private List<BlockRun> runs(int after, String tenant, int offset, int limit) {
    @Nullable BlockHash block = hash(after);
    return browser.runs(new RunQuery(block, tenant, offset, limit)).runs();
  }

  private static String written(List<BlockRun> runs) {
    return String.join(" ", runs.stream().map(ForestBrowserTest::written).toList());
  }

  private static String written(BlockRun run) {
    long first = run.first().hash().word3();
    long last = run.last().hash().word3();
    return first == last ? "" + first : first + "-" + last;
  }
}

package dev.kvasir.console.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.browse.PromptText;
import dev.kvasir.cache.browse.RemovedBranch;
import dev.kvasir.console.Figures;
import dev.kvasir.console.TestingActs;
import dev.kvasir.console.TestingCacheAdmin;
import dev.kvasir.console.TestingDirectory;
import dev.kvasir.console.TestingNotices;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlocksTest {
  private final TestingBrowser browser = new TestingBrowser();
  private final TestingNotices notices = new TestingNotices();
  private final TestingActs acts = new TestingActs();
  private final Blocks page = new Blocks();

  @SuppressWarnings("UnnecessaryAssignment") // no container injects here
  BlocksTest() {
    page.browser = browser;
    page.cache = new TestingCacheAdmin();
    page.directory = new TestingDirectory();
    page.notices = notices;
    page.acts = acts;
    page.figures = new Figures();
    page.load();
  }

  @Test
  void load_manyRoots_oneScreenfulAndMore() {
    assertEquals(List.of("default"), page.getTenants());
    assertEquals(TreeLines.PAGE + 1, page.getLines().size());
    assertEquals(6, page.getLines().get(TreeLines.PAGE).left());
    page.more(TreeLines.PAGE);
    assertEquals(TestingBrowser.ROOTS, page.getLines().size());
    assertNotNull(page.getLines().get(30).run());
  }

  @Test
  void toggle_innerRun_childrenBelowAndGoneAgain() {
    assertTrue(page.getLines().get(0).isInner());
    page.toggle(0);
    assertTrue(page.getLines().get(0).open());
    assertEquals(1, page.getLines().get(TestingBrowser.CHILDREN).level());
    assertEquals(0, page.getLines().get(TestingBrowser.CHILDREN + 1).level());
    page.toggle(0);
    assertFalse(page.getLines().get(0).open());
    assertEquals(TreeLines.PAGE + 1, page.getLines().size());
  }

  @Test
  void findText_cached_shownPinnedAndForgotten() {
    find("cached");
    assertEquals(2, page.getLines().size());
    assertEquals(TestingBrowser.run(1, 0), page.getChosen());
    assertEquals("", page.getSearch().getText());
    assertFalse(acts.noted.toString().contains("cached"), acts.noted::toString);
    assertEquals(List.of("find blocks tenant default DONE"), acts.noted);
    assertTrue(notices.told.get(0).contains("the grid has the first 2"), notices.told::toString);

    page.pinFound();
    assertEquals("INFO 0: Pinned 1 block, with those before.", notices.told.get(1));
  }

  @Test
  void findText_notCachedOrTooShort_saysWhatToDo() {
    find("unheard of");
    assertTrue(notices.told.get(0).contains("none of them is in the grid"), notices.told::toString);
    find("short");
    assertTrue(notices.told.get(1).contains("only whole blocks"), notices.told::toString);
    assertNull(page.getChosen());
  }

  private void find(String text) {
    page.getSearch().setKind(PromptText.Kind.RENDERED);
    page.getSearch().setText(text);
    page.findText();
  }

  @Test
  void findHash_known_itsPath() {
    page.getSearch().setHash(" AB");
    page.findHash();
    assertEquals(2, page.getLines().size());
    page.getSearch().setHash("ff");
    page.findHash();
    assertEquals(List.of("WARN 1: No cached block has such a hash."), notices.told);
  }

  @Test
  void evictAndExpire_chosen_toldAndNoted() {
    page.choose(1);
    assertEquals(
        "Evict 1 block (2.0 KiB) from the memory of all nodes? Disks keep them.",
        page.question("evict"));
    page.evict();
    assertEquals(List.of("INFO 0: 3 blocks left."), notices.told);
    assertEquals(List.of("EVICT " + TestingBrowser.hash(0, 1)), browser.told);
    assertEquals(List.of("evict blocks " + TestingBrowser.hash(0, 1) + " DONE"), acts.noted);
    assertNull(page.getChosen());

    page.choose(2);
    browser.removal = new RemovedBranch(0, 0, 2);
    page.expire();
    assertTrue(notices.told.get(1).contains("2 blocks of this branch are pinned"));
  }

  @Test
  void evict_nothingChosen_nothingDone() {
    page.evict();
    page.pin();
    assertEquals(List.of(), browser.told);
    assertEquals("", page.question("evict"));
  }

  @Test
  @SuppressWarnings("UnnecessaryAssignment") // no container injects here
  void load_noGrid_toldAndEmpty() {
    browser.fails = true;
    Blocks fresh = new Blocks();
    fresh.browser = browser;
    fresh.directory = new TestingDirectory();
    fresh.notices = notices;
    fresh.load();
    assertEquals(List.of(), fresh.getLines());
    assertTrue(notices.told.get(0).startsWith("ERROR 2: It was not done."));
  }
}

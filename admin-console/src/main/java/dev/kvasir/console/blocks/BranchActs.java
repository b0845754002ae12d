package dev.kvasir.console.blocks;

import dev.kvasir.cache.CacheAdmin;
import dev.kvasir.cache.browse.BlockBrowser;
import dev.kvasir.cache.browse.Leaving;
import dev.kvasir.cache.browse.RemovedBranch;
import dev.kvasir.console.Acts;
import dev.kvasir.console.Notices;
import dev.kvasir.console.Texts;
import dev.kvasir.inference.BlockHash;
import java.util.Locale;

/** What is done to branches of the tree: noted, and told. */
record BranchActs(BlockBrowser browser, CacheAdmin cache, Notices notices, Acts acts) {
  /** Keeps a block, and those before it, from eviction. */
  void pin(BlockHash last) {
    acts.run(
        "pin block",
        last.toString(),
        () -> notices.done(Texts.of("blocks.pinned", cache.pin(last))));
  }

  /** Lets a block, and those that continue it, be evicted again. */
  void unpin(BlockHash first) {
    acts.run(
        "unpin block",
        first.toString(),
        () -> notices.done(Texts.of("blocks.unpinned", cache.unpin(first))));
  }

  /** Takes a block, and all that continue it, out. */
  void remove(BlockHash first, Leaving how) {
    acts.run(
        how.name().toLowerCase(Locale.ROOT) + " blocks",
        first.toString(),
        () -> tell(browser.remove(first, how)));
  }

  private void tell(RemovedBranch removed) {
    if (removed.pinned() > 0) {
      notices.nothing(Texts.of("blocks.arePinned", removed.pinned()));
    } else if (removed.more() > 0) {
      notices.nothing(Texts.of("blocks.leftInPart", removed.blocks(), removed.more()));
    } else {
      notices.done(Texts.of("blocks.left", removed.blocks()));
    }
  }
}

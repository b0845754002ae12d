package dev.kvasir.cache.request;

import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.PrefixCache;
import dev.kvasir.cache.semantic.BlendPolicy;
import dev.kvasir.cache.semantic.MarkedPrompt;
import dev.kvasir.cache.semantic.PassageRun;
import dev.kvasir.cache.semantic.PassageShelf;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.KvRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds passages of other prompts that can serve a request, with their bytes.
 *
 * @param cache of exact blocks, from which rows are taken
 * @param shelf knows in which
 * @param policy what becomes of them
 */
record PassageSearch(PrefixCache cache, PassageShelf shelf, BlendPolicy policy) {
  /*
   * An exact answer that computes less than a block of tokens more than an approximate one is the
   * better one.
   */

  /**
   * Empty if exact blocks serve the prompt as well, or nothing is known or came of its passages.
   */
  Optional<PassageReuse.Found> find(Prefix prefix, MarkedPrompt marked) {
    List<PassageRun> remembered = shelf.runs(marked, policy.takesEdited());
    int known = cache.knownBlocks(prefix) * prefix.blockSize();
    if (tokens(marked.needed(remembered, known)) < prefix.blockSize()) {
      return Optional.empty();
    }
    Lookup lookup = cache.peek(prefix);
    List<PassageRun> runs = new ArrayList<>();
    List<KvRun> rows = new ArrayList<>();
    for (PassageRun run : marked.needed(remembered, lookup.blocks() * prefix.blockSize())) {
      List<KvBlock> blocks = cache.blocks(run.blocks());
      PassageRun held = shelf.shortened(run, blocks.size());
      if (held.count() > 0) {
        runs.add(held);
        rows.add(held.of(blocks));
      }
    }
    return tokens(runs) < prefix.blockSize()
        ? Optional.empty()
        : Optional.of(new PassageReuse.Found(prefix, lookup, runs, rows));
  }

  private static int tokens(List<PassageRun> runs) {
    return runs.stream().mapToInt(PassageRun::count).sum();
  }
}

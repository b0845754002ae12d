package dev.kvasir.cache.semantic;

import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.chain.Namespace;
import dev.kvasir.completion.MarkedPassage;
import dev.kvasir.inference.Model;
import dev.kvasir.inference.TokenIds;
import java.util.List;

/**
 * The passages that this node's requests have marked, and where their K/V lies. Safe for all
 * threads.
 */
public final class PassageShelf {
  /*
   * There is no store of passages. What the shelf remembers of one is which blocks of which exact
   * chain hold its rows: blocks that ordinary prefill has computed, that the whole cluster shares,
   * and that are checked by their tokens when they are read. Nothing is computed for the shelf's
   * sake. (Encoding passages beforehand, as CacheBlend and EPIC do, costs more than it saves unless
   * each is used often.)
   *
   * The name of a passage is a digest over the engine's fingerprint, the salt in which the request
   * shares, and the passage's tokens. So a request finds passages of those alone with whom it shares
   * exact prefixes.
   *
   * An application names its documents, and these change. So the shelf remembers, too, what the
   * last text under an id was: most of an edited document stands there as it did (Alignment).
   */
  private final PassageIndex index;

  /** By ids: the last text of each. */
  private final PassageIndex versions;

  /**
   * @param capacityBytes of memory for what it remembers
   */
  public PassageShelf(long capacityBytes) {
    index = new PassageIndex(capacityBytes / 2);
    versions = new PassageIndex(capacityBytes / 2);
  }

  /**
   * A prompt with the passages that are found in it.
   *
   * @param model cuts their texts into tokens
   * @param namespace in which the prompt is shared
   */
  public MarkedPrompt mark(
      Model model, Namespace namespace, TokenIds prompt, List<MarkedPassage> marked) {
    return new MarkedPrompt(
        prompt,
        new PassageFinder(prompt).find(marked, namespace, text -> model.tokenize(text, false)));
  }

  /**
   * Remembers the passages of a prompt that ordinary prefill has computed.
   *
   * @param prefix the prompt's shareable blocks
   * @param request that had it computed
   */
  public void learn(MarkedPrompt marked, Prefix prefix, String request) {
    int blockSize = prefix.blockSize();
    int named = prefix.hashes().size() * blockSize;
    for (FoundPassage found : marked.passages()) {
      int count = Math.min(found.count(), named - found.position());
      if (count >= PassageFinder.LEAST_TOKENS) {
        int first = found.position() / blockSize;
        int end = (found.position() + count - 1) / blockSize + 1;
        PassageRows rows =
            new PassageRows(
                prefix.hashes().subList(first, end),
                first,
                marked.tokens().slice(first * blockSize, end * blockSize),
                found.offset(),
                found.position(),
                count,
                request);
        index.offer(found.name(), rows);
        versions.put(found.title(), rows);
      }
    }
  }

  /**
   * What is known of a prompt's passages, by position; see {@link MarkedPrompt#needed}.
   *
   * @param edited whether earlier texts under a passage's id will do, where its own is not known
   */
  public List<PassageRun> runs(MarkedPrompt marked, boolean edited) {
    return marked.passages().stream()
        .flatMap(found -> runs(found, marked.tokens(), edited).stream())
        .toList();
  }

  private List<PassageRun> runs(FoundPassage found, TokenIds prompt, boolean edited) {
    PassageRows rows = index.get(found.name());
    if (rows != null) {
      int begin = Math.max(found.offset(), rows.offset());
      int end = Math.min(found.offset() + found.count(), rows.offset() + rows.count());
      return List.of(
          new PassageRun(
              found,
              rows,
              rows.position() + begin - rows.offset(),
              found.position() + begin - found.offset(),
              end - begin));
    }
    PassageRows earlier = edited ? versions.get(found.title()) : null;
    return earlier == null ? List.of() : Alignment.DEFAULT.runs(found, earlier, prompt);
  }

  /** Forgets all passages, whosever they are: names do not tell tenants. */
  public void clear() {
    index.clear();
    versions.clear();
  }

  /** Whether something is known of all passages of a prompt. */
  public boolean knowsAll(MarkedPrompt marked) {
    return marked.passages().stream().allMatch(found -> index.get(found.name()) != null);
  }

  /**
   * The part of a run that its leading blocks hold, once the others turned out to be gone; what was
   * known of the passage is forgotten then.
   *
   * @param leadingBlocks that there are
   */
  public PassageRun shortened(PassageRun run, int leadingBlocks) {
    if (leadingBlocks == run.blocks().size()) {
      return run;
    }
    index.forget(run.passage().name(), run.rows());
    versions.forget(run.passage().title(), run.rows());
    return run.within(leadingBlocks);
  }
}

package dev.kvasir.completion;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request's passages, and whether K/V of them that other prompts computed may serve it, which
 * makes its answer approximate.
 *
 * @param marked in any order; remembered for later requests, whatever this one wants
 * @param blend how they are reused wherever they stood; null for exact reuse only
 */
public record Passages(List<MarkedPassage> marked, @Nullable Blend blend) {
  /** Most passages of a request. */
  public static final int MOST = 64;

  /** None, and exact reuse only. */
  public static final Passages NONE = new Passages(List.of(), null);

  public Passages {
    marked = List.copyOf(marked);
    if (marked.size() > MOST) {
      throw new IllegalArgumentException(
          "there are %d passages, but must be at most %d".formatted(marked.size(), MOST));
    }
    Set<String> ids = new HashSet<>();
    for (MarkedPassage passage : marked) {
      if (!ids.add(passage.id())) {
        throw new IllegalArgumentException(
            "two passages have the id \"%s\", but ids must differ".formatted(passage.id()));
      }
    }
  }
}

package dev.kvasir.cache.tiered;

import dev.kvasir.cache.Lookup;
import dev.kvasir.completion.MissReason;
import java.util.List;

/**
 * What a round of fetching brought.
 *
 * @param blocks the leading ones that came
 * @param reason why not more
 */
public record Fetch(List<Lookup.Fetched> blocks, MissReason reason) {
  public Fetch {
    blocks = List.copyOf(blocks);
  }

  /** None, for this reason. */
  public static Fetch nothing(MissReason reason) {
    return new Fetch(List.of(), reason);
  }
}

package dev.kvasir.cache.browse;

import java.util.List;

/**
 * Some of the runs that stand beside each other.
 *
 * @param runs those asked for
 * @param total how many there are
 */
public record RunPage(List<BlockRun> runs, int total) {
  public RunPage {
    runs = List.copyOf(runs);
  }
}

package dev.kvasir.inference;

import java.util.List;

/**
 * What became of an {@link Assembly}.
 *
 * @param reusedTokens rows that are used as they came, but for their position
 * @param recomputedTokens rows that came and are computed again
 * @param refused blocks for which a run was left out: all of its rows are computed
 */
public record AssemblyOutcome(int reusedTokens, int recomputedTokens, List<Refused> refused) {
  public AssemblyOutcome {
    refused = List.copyOf(refused);
  }

  /**
   * A block that cannot be used.
   *
   * @param run index of its run
   * @param block index within the run
   * @param fault why
   */
  public record Refused(int run, int block, BlockFault fault) {}
}

package dev.kvasir.cache;

import java.util.List;
import java.util.Locale;

/**
 * The order in which cached blocks leave when the budget is used up; always leaves of the prefix
 * tree first.
 */
public enum EvictionKind {
  /** Least recently used first. */
  LRU,
  /** Least frequently used first, past uses fade; ties by recency. */
  LFU(Parameters.AGING),
  /** First in, first out. */
  FIFO,
  /** LRU in two segments: blocks that were taken are protected from those that were not. */
  SLRU(Parameters.PROTECTED),
  /** Three FIFO queues: most blocks that are not taken leave soon. */
  S3_FIFO(
      new PolicyParameter(
          "small_percent", 10, 1, 50, "share of the cache that is the queue for newcomers"),
      new PolicyParameter(
          "rounds", 3, 1, 7, "most rounds in the main queue that uses can buy a block")),
  /** One FIFO queue; who was taken is spared for a round. */
  SIEVE,
  /** Recency and frequency, balanced by what was evicted too early. */
  ARC,
  /** A small window, then segmented LRU for those that are seen often enough. */
  W_TINYLFU(
      new PolicyParameter(
          "window_percent", 1, 1, 80, "share of the cache where newcomers stay unasked"),
      Parameters.PROTECTED),
  /** Greedy-dual: frequency times recompute cost, by size. */
  GDSF(Parameters.AGING),
  /** Least expected reuse times recompute cost first, by size; learned while running. */
  COST(Parameters.SAMPLE, Parameters.GHOSTS),
  /** Least expected reuse first, by size; learned while running. */
  REUSE(Parameters.SAMPLE, Parameters.GHOSTS);

  /** What servers use unless they are told otherwise. */
  public static final EvictionKind DEFAULT = REUSE;

  /** Those that more than one kind has. */
  private static final class Parameters {
    static final PolicyParameter AGING =
        new PolicyParameter(
            "aging_percent", 100, 0, 100, "how fast past uses fade; 0: they count for ever");
    static final PolicyParameter PROTECTED =
        new PolicyParameter(
            "protected_percent", 80, 10, 95, "share of the cache for blocks that were taken");
    static final PolicyParameter SAMPLE =
        new PolicyParameter(
            "sample", 64, 8, 512, "leaves that are looked at for each one that leaves");
    static final PolicyParameter GHOSTS =
        new PolicyParameter(
            "ghosts", 8, 1, 32, "blocks that left and are watched on, for each one that is here");
  }

  @SuppressWarnings("ImmutableEnumChecker") // a list that nobody can change
  private final List<PolicyParameter> parameters;

  EvictionKind(PolicyParameter... parameters) {
    this.parameters = List.of(parameters);
  }

  /** What can be tuned. */
  public List<PolicyParameter> parameters() {
    return parameters;
  }

  /** The name in settings: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

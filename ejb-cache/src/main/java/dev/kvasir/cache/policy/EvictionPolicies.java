package dev.kvasir.cache.policy;

import dev.kvasir.cache.TunedPolicy;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;

/** Makes policies as settings name and tune them. */
final class EvictionPolicies {
  private static final String AGING = "aging_percent";
  private static final String PROTECTED = "protected_percent";

  private EvictionPolicies() {}

  /**
   * A policy that has seen nothing yet.
   *
   * @param capacity blocks in the cache, which may change
   * @param cost of blocks, for policies that ask for it
   */
  static EvictionPolicy of(TunedPolicy tuned, IntSupplier capacity, RecomputeCost cost) {
    return switch (tuned.kind()) {
      case LRU -> new Lru();
      case LFU -> new AgingLfu(share(tuned, AGING));
      case FIFO -> new Fifo();
      case SLRU -> new SegmentedLru(capacity, share(tuned, PROTECTED));
      case S3_FIFO ->
          new S3Fifo(capacity, share(tuned, "small_percent"), tuned.parameter("rounds"));
      case SIEVE -> new Sieve();
      case ARC -> new Arc(capacity);
      case W_TINYLFU ->
          new WindowTinyLfu(capacity, share(tuned, "window_percent"), share(tuned, PROTECTED));
      case GDSF -> new Gdsf(cost, share(tuned, AGING));
      case COST -> expectedReuse(tuned, capacity, cost::perByte);
      case REUSE -> expectedReuse(tuned, capacity, block -> 1.0 / Math.max(1, block.bytes()));
    };
  }

  private static ExpectedReuse expectedReuse(
      TunedPolicy tuned, IntSupplier capacity, ToDoubleFunction<TreeBlock> savedPerByte) {
    return new ExpectedReuse(
        new ReuseHistory.Bounds(capacity, tuned.parameter("ghosts")),
        tuned.parameter("sample"),
        savedPerByte);
  }

  private static double share(TunedPolicy tuned, String parameter) {
    return tuned.parameter(parameter) / 100.0;
  }
}

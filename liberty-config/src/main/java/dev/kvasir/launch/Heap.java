package dev.kvasir.launch;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How large the server's heap may grow: all that a node is allowed to keep on it, and room to work.
 *
 * @param budgetMib this member's share of the cluster's blocks, owned and backup
 * @param nearMib near cache
 * @param preemptedMib K/V that preempted sequences keep aside
 */
record Heap(int budgetMib, int nearMib, int preemptedMib) {
  /** For blocks on their way, bodies, and the server itself. */
  private static final int WORKING_MIB = 1024;

  /** The engine's, where the key is 0. */
  private static final int DEFAULT_PREEMPTED_MIB = 512;

  private static final int MAX_MIB = 1 << 20;

  /**
   * Reads what the server will read from the environment that it gets from us, by the names that
   * MicroProfile Config tries.
   *
   * @throws LaunchException naming the first value that is no number of MiB
   */
  static Heap of(Map<String, String> environment) {
    int preemptedMib = mib(environment, "kvasir.preempted.mib", 0, 0);
    return new Heap(
        mib(environment, "kvasir.cache.budget.mib", 1024, 1),
        mib(environment, "kvasir.cache.near.mib", 256, 1),
        preemptedMib == 0 ? DEFAULT_PREEMPTED_MIB : preemptedMib);
  }

  int mib() {
    return budgetMib + nearMib + preemptedMib + WORKING_MIB;
  }

  /** Text of a jvm.options that sets it. */
  String toJvmOptions() {
    return """
        # Written at each start of the node: cache budget %d + near cache %d + preempted %d + room %d MiB.
        -Xmx%dm
        """
        .formatted(budgetMib, nearMib, preemptedMib, WORKING_MIB, mib());
  }

  private static int mib(Map<String, String> environment, String key, int byDefault, int min) {
    String name = key.replace('.', '_');
    String text =
        Stream.of(key, name, name.toUpperCase(Locale.ROOT))
            .filter(environment::containsKey)
            .map(environment::get)
            .findFirst()
            .orElse("")
            .strip();
    if (text.isEmpty()) {
      return byDefault;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= min && value <= MAX_MIB) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below, with the range
    }
    throw new LaunchException(
        "%s is '%s', but must be a whole number of MiB from %d to %d"
            .formatted(key, text, min, MAX_MIB));
  }
}

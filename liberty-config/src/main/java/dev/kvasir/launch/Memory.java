package dev.kvasir.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the machine has room for a node: weights and what the engine makes of them, the pool, the
 * heap.
 *
 * @param modelFacts what the model check said
 * @param poolMib K/V pool; 0 for the engine's default, which is small beside the rest
 * @param heapMib most that the server's heap grows to
 */
record Memory(String modelFacts, int poolMib, int heapMib) {
  private static final Pattern PARAMETERS = Pattern.compile("([0-9,]+) parameters");
  private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable: +([0-9]+) kB$");
  private static final long MIB = 1L << 20;

  /** Most that the process grows by, as a multiple of the weights in the compute type. */
  private static final double WEIGHT_COPIES = 3.5;

  private static final int BF16_BYTES = 2;

  /**
   * Compares with what the system says is available; passes if it does not say.
   *
   * @throws LaunchException with both figures
   */
  void check(Path meminfo) throws IOException {
    if (Files.notExists(meminfo)) {
      return;
    }
    Matcher available = AVAILABLE.matcher(Files.readString(meminfo));
    if (available.find()) {
      check(Long.parseLong(available.group(1)) / 1024);
    }
  }

  private void check(long availableMib) {
    long weightsMib = weightsMib();
    long neededMib = weightsMib + poolMib + heapMib;
    if (neededMib > availableMib) {
      throw new LaunchException(
          ("too little memory: %,d MiB are needed (weights %,d, pool %,d, heap %,d), but %,d MiB are"
                  + " available; choose a smaller model, a smaller pool with --pool-mib, or a smaller cache with"
                  + " KVASIR_CACHE_BUDGET_MIB")
              .formatted(neededMib, weightsMib, poolMib, heapMib, availableMib));
    }
  }

  private long weightsMib() {
    Matcher parameters = PARAMETERS.matcher(modelFacts);
    if (!parameters.find()) {
      return 0;
    }
    long count = Long.parseLong(parameters.group(1).replace(",", ""));
    return Math.round(count * BF16_BYTES * WEIGHT_COPIES / MIB);
  }
}

package dev.kvasir.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What this machine's processor can compute; part of a block's fingerprint, since kernels are
 * chosen by it.
 */
final class Processor {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private Processor() {}

  /**
   * The vector and matrix instruction sets, sorted, separated by spaces; empty where the system
   * does not tell.
   */
  static String instructionSets() {
    return flags().stream()
        .filter(flag -> flag.matches("(sse|ssse|avx|amx|fma|f16c|neon|asimd|sve|bf16).*"))
        .collect(Collectors.joining(" "));
  }

  /** Whether oneDNN computes products of bfloat16 with instructions made for it. */
  static boolean computesBfloat16() {
    Set<String> flags = flags();
    return flags.contains("avx512_bf16") || flags.contains("amx_bf16");
  }

  private static Set<String> flags() {
    try (var lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip().split("\\s+"))
          .map(flags -> new TreeSet<>(Arrays.asList(flags)))
          .orElseGet(TreeSet::new);
    } catch (IOException e) {
      return Set.of(); // not Linux: no flags, so float32 and the plain form
    }
  }
}

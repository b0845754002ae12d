package dev.kvasir.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What this machine's processor computes, and how: kernels are chosen by it. */
final class Processor {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private Processor() {}

  /**
   * Model and cache size, by which kernels cut their tiles, and the vector and matrix instruction
   * sets; empty where the system does not tell.
   */
  static String kind() {
    return field("model name") + "; " + field("cache size") + "; " + instructionSets();
  }

  /** What the environment changes in TensorFlow's and oneDNN's choice of kernels. */
  static String numericSettings() {
    return System.getenv().entrySet().stream()
        .filter(entry -> entry.getKey().matches("(ONEDNN_|DNNL_|TF_|OMP_|MKL_).*"))
        .filter(entry -> !entry.getKey().equals("TF_CPP_MIN_LOG_LEVEL"))
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .sorted()
        .collect(Collectors.joining(" "));
  }

  /** Whether oneDNN computes products of bfloat16 with instructions made for it. */
  static boolean computesBfloat16() {
    Set<String> flags = flags();
    return flags.contains("avx512_bf16") || flags.contains("amx_bf16");
  }

  private static String instructionSets() {
    return flags().stream()
        .filter(flag -> flag.matches("(sse|ssse|avx|amx|fma|f16c|neon|asimd|sve|bf16).*"))
        .collect(Collectors.joining(" "));
  }

  private static Set<String> flags() {
    String flags = field("flags").isEmpty() ? field("Features") : field("flags");
    return new TreeSet<>(Arrays.asList(flags.split("\\s+")));
  }

  /** A field of the first processor; empty if the system is not Linux or does not tell it. */
  private static String field(String name) {
    try (var lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith(name))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}

package dev.kvasir.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What figures were measured on. */
public final class Machine {
  private Machine() {}

  /** Processor, cores and Java. */
  public static Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("processor", processor());
    facts.put("cores", cores());
    facts.put("java", Runtime.version().toString());
    return facts;
  }

  /** Cores that this process may use. */
  public static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> Arrays.asList(line.split(":", 2)).get(1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown"; // not Linux
    }
  }
}

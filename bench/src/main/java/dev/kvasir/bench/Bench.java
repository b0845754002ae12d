package dev.kvasir.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The command behind {@code bin/bench}. */
public final class Bench {
  private static final String USAGE =
      """
      bin/bench quick [--model DIR|FILE] [--json FILE]
        quick   time to first token of 960 cached + 40 new tokens: cold, pool, near, local, remote;
                milliseconds per decoded token
        --model Hugging Face folder or GGUF file; without it SmolLM2 in models/, else the tiny model
        --json  also writes the figures to FILE
      """;

  private static final String SMOLLM2 = "models/SmolLM2-135M-Instruct.Q4_1.gguf";

  private Bench() {}

  public static void main(String[] arguments) throws IOException {
    List<String> words = List.of(arguments);
    if (words.equals(List.of("--help"))) {
      System.out.print(USAGE);
      return;
    }
    if (words.isEmpty() || !words.get(0).equals("quick") || words.size() % 2 == 0) {
      System.err.print(USAGE);
      System.exit(1);
    }
    Logger.getLogger("").setLevel(Level.WARNING); // the grid tells much at start and stop
    Measurements measurements =
        new QuickBench(System.out).run(Path.of(option(words, "--model", defaultModel())));
    String json = option(words, "--json", "");
    if (!json.isEmpty()) {
      measurements.write(Path.of(json));
    }
    System.exit(0); // native threads of the tokenizer would keep the process
  }

  private static String defaultModel() {
    return Files.exists(Path.of(SMOLLM2)) ? SMOLLM2 : "models/tiny";
  }

  private static String option(List<String> words, String name, String missing) {
    int at = words.indexOf(name);
    String value = at < 0 ? missing : words.get(at + 1);
    if (name.equals("--model") && !Files.exists(Path.of(value))) {
      System.err.println("--model is '" + value + "', but no such folder or file is there");
      System.exit(1);
    }
    return value;
  }
}

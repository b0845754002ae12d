package dev.kvasir.bench;

import dev.kvasir.engine.Engine;
import dev.kvasir.engine.EngineConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Loads a model in a process of its own, as a node does, and prints the seconds. */
final class LoadTimer {
  private LoadTimer() {}

  /**
   * Seconds until a new process has loaded the model, TensorFlow's library included, but not the
   * start of the process.
   *
   * @throws IOException with what the process printed last, if it could not
   */
  static double time(Path model) throws IOException {
    RuntimeMXBean here = ManagementFactory.getRuntimeMXBean();
    List<String> words = new ArrayList<>();
    words.add(ProcessHandle.current().info().command().orElse("java"));
    words.addAll(here.getInputArguments());
    words.addAll(List.of("-cp", here.getClassPath()));
    words.addAll(List.of(LoadTimer.class.getName(), model.toString()));
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return Double.parseDouble(printed.strip());
    } catch (NumberFormatException e) {
      throw new IOException("loading %s failed: %s".formatted(model, printed), e);
    }
  }

  /** Loads the model that the first word names. */
  public static void main(String[] words) {
    ExecutorService executor = Executors.newCachedThreadPool();
    long start = System.nanoTime();
    Engine engine = Engine.start(EngineConfig.of(Path.of(words[0])), executor);
    System.out.println((System.nanoTime() - start) / 1e9);
    engine.close();
    executor.shutdownNow();
  }
}

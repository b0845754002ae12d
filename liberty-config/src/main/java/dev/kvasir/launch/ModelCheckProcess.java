package dev.kvasir.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Asks the engine's own check, in a JVM of its own, whether a model can be loaded. */
record ModelCheckProcess(String enginePath) {
  private static final String MAIN = "dev.kvasir.engine.weights.load.ModelCheck";

  /**
   * Runs the check.
   *
   * @return what the model is, in one line
   * @throws LaunchException if it cannot be loaded; says why
   */
  String check(Path model) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                List.of(java, "-XX:TieredStopAtLevel=1", "-cp", enginePath, MAIN, model.toString()))
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String line = output.strip().lines().reduce("", (before, last) -> last);
    if (process.waitFor() != 0) {
      throw new LaunchException(line);
    }
    return line;
  }
}

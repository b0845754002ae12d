package dev.kvasir.it;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A run of one of the commands in bin as its user has it: arguments, output, exit code. */
final class BinRun implements AutoCloseable {
  private static final int TICK_MILLIS = 100;
  private static final int STOP_SECONDS = 60;

  private final Process process;
  private final Path output;

  private BinRun(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts the command.
   *
   * @param data directory for {@code --data}; the output goes into a file there
   * @param arguments all others
   */
  static BinRun start(Path data, List<String> arguments) throws IOException {
    return start(data, arguments, Map.of());
  }

  /** Likewise, with more variables in its environment. */
  static BinRun start(Path data, List<String> arguments, Map<String, String> environment)
      throws IOException {
    return start("bin/run", data, arguments, environment);
  }

  /** Likewise, another of the commands in bin. */
  static BinRun start(
      String script, Path data, List<String> arguments, Map<String, String> environment)
      throws IOException {
    Files.createDirectories(data);
    Path root = Path.of(System.getProperty("kvasir.root", ".."));
    List<String> command = new ArrayList<>();
    command.add(root.resolve(script).toString());
    command.addAll(List.of("--data", data.toString()));
    command.addAll(arguments);
    Path output = Files.createTempFile(data, "run", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("KVASIR_BUILD", "never");
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new BinRun(builder.start(), output);
  }

  /** What it has said so far. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits for something in the output.
   *
   * @throws AssertionError with the output if the command ends, or the time is over, before
   */
  void awaitOutput(Predicate<String> wanted, int seconds) throws InterruptedException {
    long deadline = System.nanoTime() + SECONDS.toNanos(seconds);
    while (!wanted.test(output())) {
      boolean ended = process.waitFor(TICK_MILLIS, MILLISECONDS);
      if ((ended || System.nanoTime() > deadline) && !wanted.test(output())) {
        throw new AssertionError(
            (ended ? "it ended: " : "not in %d s: ".formatted(seconds)) + output());
      }
    }
  }

  /** Waits for the command's end; its exit code. */
  int awaitExit(int seconds) throws InterruptedException {
    if (!process.waitFor(seconds, SECONDS)) {
      throw new AssertionError("it still runs after %d s: %s".formatted(seconds, output()));
    }
    return process.exitValue();
  }

  /** Kills it with SIGKILL, as a failing machine would; of bin/grid that is the member itself. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    int unused = awaitExit(STOP_SECONDS);
  }

  /** Asks it to end. */
  void ask() {
    process.destroy();
  }

  /** Asks it to end, and waits until it has. */
  private void stop() throws InterruptedException {
    ask();
    awaitExit(STOP_SECONDS);
  }

  /** Ends it; kills it if that takes too long. */
  @Override
  public void close() {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}

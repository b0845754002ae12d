package dev.kvasir.it;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A server that runs by Liberty's own command, without bin/run. */
record LibertyProcess(Process process) implements AutoCloseable {
  private static final int STOP_SECONDS = 60;

  /**
   * Which server is started, and where.
   *
   * @param liberty folder of the runtime
   * @param name of the server
   * @param environment beside this process's own
   * @param output file for what it says
   */
  record Command(Path liberty, String name, Map<String, String> environment, Path output) {}

  /** Starts a server, and waits until an address answers 200. */
  static LibertyProcess start(Command command, URI ready, int seconds) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            command.liberty().resolve("bin/server").toString(), "run", command.name());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(command.environment());
    builder.redirectErrorStream(true).redirectOutput(command.output().toFile());
    LibertyProcess started = new LibertyProcess(builder.start());
    try {
      Await.until(
          seconds,
          () -> started.isAlive() && status(ready) == 200,
          () -> "%s: %s".formatted(ready, text(command.output())));
      return started;
    } catch (AssertionError | Exception e) {
      started.close();
      throw e;
    }
  }

  private boolean isAlive() {
    if (!process.isAlive()) {
      throw new AssertionError("the server ended with exit code " + process.exitValue());
    }
    return true;
  }

  /** 0 while nobody listens. */
  private static int status(URI address) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0; // not yet: that is what is asked
    }
  }

  /** A file's text, or why it cannot be read. */
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Stops it in order; kills it if that takes too long. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

package dev.kvasir.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The server process of one node, for as long as it runs. */
final class LibertyServer implements AutoCloseable {
  /** More than the 30 s that Liberty gives to what still runs. */
  private static final int STOP_SECONDS = 60;

  private final Process process;
  private final NodeDirectory node;
  private volatile boolean stopping;

  private LibertyServer(Process process, NodeDirectory node) {
    this.process = process;
    this.node = node;
  }

  /** Starts the server; its console goes to a file. */
  static LibertyServer start(Path liberty, NodeDirectory node) throws IOException {
    Files.deleteIfExists(node.messagesLog());
    ProcessBuilder builder =
        new ProcessBuilder(liberty.resolve("bin/server").toString(), "run", "kvasir");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("WLP_USER_DIR", node.libertyUser().toString());
    builder.environment().putIfAbsent("TF_CPP_MIN_LOG_LEVEL", "2");
    builder.directory(node.root().toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(node.logs().resolve("console.log").toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    Files.writeString(node.pidFile(), process.pid() + "\n");
    return new LibertyServer(process, node);
  }

  /** Waits for the process's end, at most this long; whether it came. */
  boolean endsWithin(int millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  int exitCode() {
    return process.exitValue();
  }

  /** Whether its end was asked for. */
  boolean isStopping() {
    return stopping;
  }

  /** Stops it in order; kills it if that takes too long. */
  @Override
  public void close() {
    stopping = true;
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      Files.deleteIfExists(node.pidFile());
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new LaunchException("cannot remove " + node.pidFile() + ": " + e.getMessage(), e);
    }
  }
}

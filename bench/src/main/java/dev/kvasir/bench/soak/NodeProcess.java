package dev.kvasir.bench.soak;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A node as its user has it: bin/run on loopback, to be killed and started again. */
final class NodeProcess implements AutoCloseable {
  private static final int READY_SECONDS = 900; // the first one may have to build Kvasir
  private static final int STOP_SECONDS = 60;
  private static final int TICK_MILLIS = 100;

  /** Little near cache, so that hits come from the grid. */
  private static final Map<String, String> ENVIRONMENT = Map.of("KVASIR_CACHE_NEAR_MIB", "8");

  private final String name;
  private final Path data;
  private final Path model;
  private final int port;
  private final int httpsPort;
  private final int clusterPort;

  /** Odd while the node is ready; grows with each start and each end. */
  private final AtomicInteger life = new AtomicInteger();

  private volatile @Nullable Process command;
  private volatile @Nullable NodeClient client;

  /**
   * A node that is not started yet.
   *
   * @param data directory that both nodes share
   * @param model to be served
   */
  NodeProcess(String name, Path data, Path model) throws IOException {
    this.name = name;
    this.data = data;
    this.model = model;
    try (ServerSocket http = freePort();
        ServerSocket https = freePort();
        ServerSocket cluster = freePort()) {
      port = http.getLocalPort();
      httpsPort = https.getLocalPort();
      clusterPort = cluster.getLocalPort();
    }
  }

  private static ServerSocket freePort() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  String name() {
    return name;
  }

  /** {@code host:port} of its grid member. */
  String clusterAddress() {
    return "127.0.0.1:" + clusterPort;
  }

  /** Which life of the node this is; another one after each end. */
  int life() {
    return life.get();
  }

  boolean isReady() {
    return life.get() % 2 == 1;
  }

  /** Speaks with it, once it was started. */
  NodeClient client() {
    NodeClient started = client;
    if (started == null) {
      throw new IllegalStateException("node " + name + " was not started");
    }
    return started;
  }

  /**
   * Starts it and returns when it is ready.
   *
   * @param join the other node's address
   * @throws IOException with its output, if it ends or takes too long
   */
  void start(String join) throws IOException {
    Path output = Files.createTempFile(data, "run-" + name, ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(words(join)).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(ENVIRONMENT);
    Process started = builder.start();
    command = started;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
    while (!Files.readString(output).contains("is ready.")) {
      if (awaitExit(started, TICK_MILLIS) || System.nanoTime() > deadline) {
        throw new IOException("node " + name + " did not start: " + Files.readString(output));
      }
    }
    client = new NodeClient(URI.create("http://127.0.0.1:" + port), credentials());
    life.incrementAndGet();
  }

  private List<String> words(String join) {
    List<String> words = new ArrayList<>(List.of("bin/run", "--name", name, "--join", join));
    words.addAll(List.of("--data", data.toString(), "--model", model.toString()));
    words.addAll(List.of("--port", "" + port, "--https-port", "" + httpsPort));
    words.addAll(List.of("--cluster-port", "" + clusterPort));
    words.addAll(List.of("--context", "1024", "--pool-mib", "48"));
    return words;
  }

  private Properties credentials() throws IOException {
    Properties credentials = new Properties();
    try (Reader file =
        Files.newBufferedReader(data.resolve(name).resolve("credentials.properties"))) {
      credentials.load(file);
    }
    return credentials;
  }

  /** The server's process number. */
  long pid() throws IOException {
    return Long.parseLong(Files.readString(data.resolve(name).resolve("server.pid")).strip());
  }

  /** Kills the server with SIGKILL, as a failing machine would. */
  void kill() throws IOException {
    life.incrementAndGet();
    ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
    Process ended = command;
    if (ended != null && !awaitExit(ended, TimeUnit.SECONDS.toMillis(STOP_SECONDS))) {
      throw new IOException("node " + name + " was killed, but bin/run goes on");
    }
  }

  private static boolean awaitExit(Process process, long millis) throws IOException {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a node was waited for");
    }
  }

  /** Asks it to end, and waits. */
  @Override
  public void close() throws IOException {
    Process running = command;
    if (running != null) {
      running.destroy();
      if (!awaitExit(running, TimeUnit.SECONDS.toMillis(STOP_SECONDS))) {
        running.destroyForcibly();
      }
    }
  }
}

package dev.kvasir.it;

import java.io.IOException;
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

/** A running node on loopback, started by bin/run with ports that were free. */
final class KvasirNode implements AutoCloseable {
  private static final int READY_SECONDS = 240;

  private final BinRun run;
  private final Path directory;
  private final Properties credentials;
  private final Ports ports;

  /** Where a node listens. */
  record Ports(int http, int https, int cluster) {
    static Ports free() throws IOException {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      try (ServerSocket http = new ServerSocket(0, 1, loopback);
          ServerSocket https = new ServerSocket(0, 1, loopback);
          ServerSocket cluster = new ServerSocket(0, 1, loopback)) {
        return new Ports(http.getLocalPort(), https.getLocalPort(), cluster.getLocalPort());
      }
    }

    List<String> arguments() {
      return List.of(
          "--port", Integer.toString(http),
          "--https-port", Integer.toString(https),
          "--cluster-port", Integer.toString(cluster));
    }
  }

  private KvasirNode(BinRun run, Path directory, Properties credentials, Ports ports) {
    this.run = run;
    this.directory = directory;
    this.credentials = credentials;
    this.ports = ports;
  }

  /**
   * Starts a node on the tiny model and waits until it is ready.
   *
   * @param data directory that nodes of one cluster share
   * @param name of the node
   * @param more arguments of bin/run, such as {@code --join}
   */
  static KvasirNode start(Path data, String name, String... more)
      throws IOException, InterruptedException {
    return start(data, name, Map.of(), more);
  }

  /** Likewise, with configuration from the environment. */
  static KvasirNode start(Path data, String name, Map<String, String> environment, String... more)
      throws IOException, InterruptedException {
    Ports ports = Ports.free();
    List<String> arguments = new ArrayList<>(ports.arguments());
    Path tiny = Path.of(System.getProperty("kvasir.root", ".."), "models/tiny");
    arguments.addAll(List.of("--name", name, "--model", tiny.toString()));
    arguments.addAll(List.of(more));
    BinRun run = BinRun.start(data, arguments, environment);
    try {
      run.awaitOutput(output -> output.contains("is ready."), READY_SECONDS);
      Path directory = data.resolve(name);
      Properties credentials = new Properties();
      try (Reader file = Files.newBufferedReader(directory.resolve("credentials.properties"))) {
        credentials.load(file);
      }
      return new KvasirNode(run, directory, credentials, ports);
    } catch (AssertionError | InterruptedException | IOException e) {
      run.close();
      throw e;
    }
  }

  /** A client of this node. */
  KvasirClient client() {
    return new KvasirClient(
        URI.create("http://127.0.0.1:" + ports.http()), tenantKey(), adminUser(), adminPassword());
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(ports.http(), path));
  }

  /** Likewise by HTTPS. */
  URI httpsUri(String path) {
    return URI.create("https://127.0.0.1:%d%s".formatted(ports.https(), path));
  }

  /** {@code host:port} for {@code --join}. */
  String clusterAddress() {
    return "127.0.0.1:" + ports.cluster();
  }

  String tenantKey() {
    return credentials.getProperty("tenant.default.key");
  }

  String adminUser() {
    return credentials.getProperty("admin.user");
  }

  String adminPassword() {
    return credentials.getProperty("admin.password");
  }

  Path directory() {
    return directory;
  }

  /** The command that runs it. */
  BinRun run() {
    return run;
  }

  /** The server's process. */
  ProcessHandle server() throws IOException {
    long pid = Long.parseLong(Files.readString(directory.resolve("server.pid")).strip());
    return ProcessHandle.of(pid).orElseThrow();
  }

  /** Kills the server with SIGKILL, as a failing machine would. */
  void kill() throws IOException, InterruptedException {
    server().destroyForcibly();
    run.awaitExit(30);
  }

  /** Stops it in order. */
  @Override
  public void close() {
    run.close();
  }
}

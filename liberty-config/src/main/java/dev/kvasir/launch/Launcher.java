package dev.kvasir.launch;

import dev.kvasir.launch.NodeOptions.Network;
import dev.kvasir.launch.ServerLog.Notice;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Runs one node in the foreground: checks, lays out its directory, starts the server, says when it
 * is ready, and ends with it. The build's places come as system properties.
 */
public final class Launcher {
  private static final int TICK_MILLIS = 250;
  private static final int KEYSTORE_PASSWORD_BYTES = 16;

  private final NodeOptions options;
  private final NodeDirectory node;
  private final PrintStream console;

  private Launcher(NodeOptions options, PrintStream console) {
    this.options = options;
    this.node = new NodeDirectory(options.data().resolve(options.node()));
    this.console = console;
  }

  /**
   * Runs a node until it ends.
   *
   * @param arguments {@code --name value} pairs, as bin/run has them
   */
  public static void main(String... arguments) {
    try {
      new Launcher(NodeOptions.parse(arguments), System.out).run();
    } catch (LaunchException | IOException | UncheckedIOException e) {
      System.err.println("kvasir: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.exit(1); // only a signal ends a node otherwise
  }

  private void run() throws IOException, InterruptedException {
    Files.createDirectories(node.root());
    try (FileChannel lock =
        FileChannel.open(
            node.root().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (lock.tryLock() == null) {
        throw new LaunchException(
            "node %s runs already from %s; choose another with --name"
                .formatted(options.node(), node.root()));
      }
      check();
      Announcement announcement = layOut();
      serve(announcement);
    }
  }

  private void check() throws IOException, InterruptedException {
    Ports.check(options.network());
    String facts = new ModelCheckProcess(property("kvasir.engine.path")).check(options.model());
    new Memory(facts, options.engine().poolMib(), template().resolve("jvm.options"))
        .check(Path.of("/proc/meminfo"));
    console.println("Model " + facts + contextWish() + "; starting the server.");
  }

  private String contextWish() {
    int tokens = options.engine().contextTokens();
    return tokens == 0 ? "" : ", at most %,d of them by --context".formatted(tokens);
  }

  private Announcement layOut() throws IOException {
    Path secretFile = options.data().resolve("cluster.secret");
    ClusterSecret secret = ClusterSecret.in(secretFile);
    Credentials credentials = Credentials.of(secret);
    node.install(template(), Path.of(property("kvasir.ear")));
    node.configure(
        options,
        secretFile,
        credentials,
        secret.derive("kvasir keystore " + options.node(), KEYSTORE_PASSWORD_BYTES));
    return new Announcement(options, credentials);
  }

  private void serve(Announcement announcement) throws IOException, InterruptedException {
    LibertyServer server = LibertyServer.start(liberty(), node);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
    ServerLog log = new ServerLog(node.messagesLog());
    awaitReady(server, log);
    if (!server.isStopping()) {
      announce(announcement);
    }
    while (!server.endsWithin(TICK_MILLIS)) {
      log.poll().forEach(notice -> console.println(notice.text()));
    }
    if (!server.isStopping()) {
      throw new LaunchException(
          "the server ended by itself (exit code %d); its logs are in %s"
              .formatted(server.exitCode(), node.logs()));
    }
    console.printf("Checking ports, memory and the model %s.%n", options.model());
  }

  private void awaitReady(LibertyServer server, ServerLog log)
      throws IOException, InterruptedException {
    Network network = options.network();
    Health health =
        new Health(
            URI.create(
                "http://%s:%d/health/ready".formatted(network.localAddress(), network.httpPort())));
    while (!health.isReady() && !server.isStopping()) {
      boolean ended = server.endsWithin(TICK_MILLIS);
      for (Notice notice : log.poll()) {
        if (notice.fatal()) {
          throw new LaunchException(notice.text());
        }
        console.println(notice.text());
      }
      if (ended && !server.isStopping()) {
        throw new LaunchException(
            "the server ended before it was ready (exit code %d); its logs are in %s"
                .formatted(server.exitCode(), node.logs()));
      }
    }
  }

  private void announce(Announcement announcement) throws IOException {
    console.print(announcement.text());
    if (Files.notExists(node.credentials())) {
      PrivateFiles.write(node.credentials(), announcement.credentials().toProperties());
      console.print(announcement.secrets(node));
    }
    console.flush();
  }

  private static Path template() {
    return liberty().resolve("usr/servers/kvasir");
  }

  private static Path liberty() {
    return Path.of(property("kvasir.liberty"));
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new LaunchException("the system property %s is not set: use bin/run".formatted(name));
    }
    return value;
  }
}

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
import org.jspecify.annotations.Nullable;

/**
 * Runs one node in the foreground: checks, lays out its directory, starts the server, says when it
 * is ready, and ends with it. The build's places come as system properties.
 */
public final class Launcher {
  private static final int TICK_MILLIS = 250;
  private static final int KEYSTORE_PASSWORD_BYTES = 16;

  private final NodeOptions options;
  private final NodeDirectory node;
  private final Heap heap;
  private final PrintStream console;

  private @Nullable LibertyServer server; // guarded by this

  /** Whether this process ends since the node cannot run, not since it was asked to. */
  private volatile boolean failed;

  private Launcher(NodeOptions options, PrintStream console) {
    this.options = options;
    this.node = new NodeDirectory(options.data().resolve(options.node()));
    this.heap = Heap.of(System.getenv());
    this.console = console;
  }

  /**
   * Runs a node until it ends: with exit code 0 if a signal asked for it, else with 1.
   *
   * @param arguments {@code --name value} pairs, as bin/run has them
   */
  public static void main(String... arguments) {
    try {
      new Launcher(NodeOptions.parse(arguments), System.out).runUntilAsked();
    } catch (LaunchException | IOException | UncheckedIOException e) {
      System.err.println("kvasir: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.exit(1); // waits for the hook if a signal came
  }

  private void runUntilAsked() throws IOException, InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    boolean asked = false;
    try {
      run();
      asked = true;
    } finally {
      failed = !asked;
    }
  }

  /**
   * Ends the server. A JVM that a signal ends has the signal's exit code, unless it is halted with
   * another.
   */
  private synchronized void stop() {
    boolean asked = !failed;
    if (asked) {
      console.printf(
          "Stopping node %s; answers on their way may still finish ...%n", options.node());
    }
    if (server != null) {
      server.close();
    }
    if (asked) {
      console.flush();
      Runtime.getRuntime().halt(0);
    }
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
    console.printf("Checking ports, memory and the model %s.%n", options.model());
    Ports.check(options.network());
    String facts = new ModelCheckProcess(property("kvasir.engine.path")).check(options.model());
    new Memory(facts, options.engine().poolMib(), heap.mib()).check(Path.of("/proc/meminfo"));
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
    node.setHeap(heap);
    node.configure(
        options,
        secretFile,
        credentials,
        secret.derive("kvasir keystore " + options.node(), KEYSTORE_PASSWORD_BYTES));
    return new Announcement(options, credentials);
  }

  private void serve(Announcement announcement) throws IOException, InterruptedException {
    LibertyServer started = start();
    ServerLog log = new ServerLog(node.messagesLog());
    awaitReady(started, log);
    if (!started.isStopping()) {
      announce(announcement);
    }
    while (!started.endsWithin(TICK_MILLIS)) {
      log.poll().forEach(notice -> console.println(notice.text()));
    }
    if (!started.isStopping()) {
      throw new LaunchException(
          "the server ended by itself (exit code %d); its logs are in %s"
              .formatted(started.exitCode(), node.logs()));
    }
  }

  /** Not while {@link #stop} runs, which would not see it. */
  private synchronized LibertyServer start() throws IOException {
    LibertyServer started = LibertyServer.start(liberty(), node);
    server = started;
    return started;
  }

  private void awaitReady(LibertyServer started, ServerLog log)
      throws IOException, InterruptedException {
    Network network = options.network();
    Health health =
        new Health(
            URI.create(
                "http://%s:%d/health/ready".formatted(network.localAddress(), network.httpPort())));
    boolean ready = false;
    while (!ready && !started.isStopping()) {
      boolean ended = started.endsWithin(TICK_MILLIS);
      ready = health.isReady(); // which a server says of one module, too, when another has failed
      for (Notice notice : log.poll()) {
        if (notice.fatal()) {
          throw new LaunchException(notice.text());
        }
        console.println(notice.text());
      }
      if (ended && !started.isStopping()) {
        throw new LaunchException(
            "the server ended before it was ready (exit code %d); its logs are in %s"
                .formatted(started.exitCode(), node.logs()));
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

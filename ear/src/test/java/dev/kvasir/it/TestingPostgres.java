package dev.kvasir.it;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Debian's PostgreSQL with a database of its own, on loopback. It refuses to run as root, so root
 * lends it the user {@code postgres}.
 */
final class TestingPostgres implements AutoCloseable {
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
  private static final String USER = "kvasir";
  private static final String PASSWORD = "of-the-tests";
  private static final int START_SECONDS = 60;

  private final Process process;
  private final int port;

  private TestingPostgres(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static boolean isInstalled() throws IOException {
    return binaries() != null;
  }

  /** Where the programs are; null if they are not. */
  private static @Nullable Path binaries() throws IOException {
    if (Files.isDirectory(INSTALLED)) {
      try (DirectoryStream<Path> versions = Files.newDirectoryStream(INSTALLED)) {
        for (Path version : versions) {
          if (Files.isExecutable(version.resolve("bin/initdb"))) {
            return version.resolve("bin");
          }
        }
      }
    }
    return null;
  }

  /** Makes a database in a folder, which is given away for it, and serves it. */
  static TestingPostgres start(Path folder) throws Exception {
    Path binaries = java.util.Objects.requireNonNull(binaries(), "PostgreSQL is not installed");
    Path database = folder.resolve("database");
    Path password = Files.writeString(folder.resolve("password"), PASSWORD);
    if (isRoot()) {
      run(folder, List.of("chown", "-R", "postgres", folder.toString()));
    }
    List<String> make =
        asServer(
            binaries.resolve("initdb").toString(),
            "--pgdata=" + database,
            "--username=" + USER,
            "--pwfile=" + password,
            "--auth=scram-sha-256",
            "--no-sync");
    run(folder, make);
    int port = freePort();
    List<String> serve =
        asServer(
            binaries.resolve("postgres").toString(),
            "-D" + database,
            "-p" + port,
            "-h127.0.0.1",
            "-k" + folder,
            "-F");
    TestingPostgres started = new TestingPostgres(builder(folder, serve).start(), port);
    try {
      Await.until(START_SECONDS, started::isListening, () -> LibertyProcess.text(output(folder)));
      return started;
    } catch (AssertionError | Exception e) {
      started.close();
      throw e;
    }
  }

  /** What a node takes from its environment to keep its records here. */
  Map<String, String> environment() {
    return Map.of(
        "KVASIR_DATABASE_URL", url(),
        "KVASIR_DATABASE_USER", USER,
        "KVASIR_DATABASE_PASSWORD", PASSWORD);
  }

  /** Rows of a table. */
  int count(String table) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(), USER, PASSWORD);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  private String url() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
  }

  private boolean isListening() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false; // not yet: that is what is asked
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static List<String> asServer(String... command) {
    List<String> whole = new ArrayList<>();
    if (isRoot()) {
      whole.addAll(
          List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
    }
    whole.addAll(List.of(command));
    return whole;
  }

  private static void run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Process process = builder(folder, command).start();
    boolean ended = process.waitFor(START_SECONDS, SECONDS);
    process.destroyForcibly();
    if (!ended || process.exitValue() != 0) {
      throw new AssertionError(command + ": " + LibertyProcess.text(output(folder)));
    }
  }

  private static ProcessBuilder builder(Path folder, List<String> command) {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output(folder).toFile());
  }

  private static Path output(Path folder) {
    return folder.resolve("output.txt");
  }

  /** Ends it; its clients are gone by then. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(START_SECONDS, SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

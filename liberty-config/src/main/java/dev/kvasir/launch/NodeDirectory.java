package dev.kvasir.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where one node keeps its things: its server, logs, credentials and process id. What comes from
 * the build is copied at each start, so that a build does not change a running node; only the
 * engine's libraries, which are large and never rewritten, are linked.
 */
final class NodeDirectory {
  private static final String SERVER = "kvasir";

  private final Path root;

  NodeDirectory(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  Path logs() {
    return root.resolve("logs");
  }

  Path messagesLog() {
    return logs().resolve("messages.log");
  }

  /** Process id of the server while it runs. */
  Path pidFile() {
    return root.resolve("server.pid");
  }

  Path credentials() {
    return root.resolve("credentials.properties");
  }

  /** Liberty's user directory. */
  Path libertyUser() {
    return root.resolve("liberty");
  }

  private Path server() {
    return libertyUser().resolve("servers").resolve(SERVER);
  }

  /**
   * Copies a server template and the application into the node.
   *
   * @param template server directory with configuration, libraries and adapter
   * @param application EAR file
   */
  void install(Path template, Path application) throws IOException {
    Files.createDirectories(logs());
    for (String folder : List.of("apps", "lib/api")) {
      Files.createDirectories(server().resolve(folder));
      copyFiles(template.resolve(folder), server().resolve(folder));
    }
    copyFiles(template, server());
    Files.copy(
        application, server().resolve("apps/kvasir.ear"), StandardCopyOption.REPLACE_EXISTING);
    Path libraries = server().resolve("lib/inference");
    Files.deleteIfExists(libraries);
    Files.createSymbolicLink(libraries, template.resolve("lib/inference").toAbsolutePath());
  }

  /** Writes what only this node has: its settings and its secrets. */
  void configure(NodeOptions options, Path secretFile, Credentials credentials, String keystore)
      throws IOException {
    PrivateFiles.write(
        server().resolve("bootstrap.properties"),
        new Bootstrap(options, root, secretFile, credentials).toProperties());
    PrivateFiles.write(
        server().resolve("server.env"), "keystore_password=%s%n".formatted(keystore));
  }

  private static void copyFiles(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().equals("server.env"))
          .forEach(file -> copy(file, to.resolve(file.getFileName())));
    }
  }

  private static void copy(Path from, Path to) {
    try {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

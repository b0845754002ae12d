package dev.kvasir.launch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where one node keeps its things: its server, logs, credentials and process id. */
final class NodeDirectory {
  /*
   * What comes from the build is copied at each start, so that a build does not change a running
   * node; only the engine's libraries, which are large and never rewritten, are linked.
   *
   * Liberty keeps what it unpacked from an archive in its workarea, and takes it for current while
   * time and size are the same. Our archives are reproducible: all times in them are equal. So the
   * workarea goes when a file is another one.
   */
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
    boolean changed = copyIfOther(application, server().resolve("apps/kvasir.ear"));
    for (String folder : List.of("", "apps", "lib/api", "lib/jdbc")) {
      changed |= copyFiles(template.resolve(folder), server().resolve(folder));
    }
    if (changed) {
      deleteTree(server().resolve("workarea"));
    }
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

  /** Writes how large the heap may grow; it comes after the template's jvm.options, so it holds. */
  void setHeap(Heap heap) throws IOException {
    Path overrides = server().resolve("configDropins/overrides");
    Files.createDirectories(overrides);
    Files.writeString(overrides.resolve("jvm.options"), heap.toJvmOptions());
  }

  /** Copies a folder's files, not its folders; whether one of them is new. */
  private static boolean copyFiles(Path from, Path to) throws IOException {
    boolean changed = false;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(from, Files::isRegularFile)) {
      for (Path file : files) {
        if (!file.endsWith("server.env")) {
          changed |= copyIfOther(file, to.resolve(file.getFileName()));
        }
      }
    }
    return changed;
  }

  private static boolean copyIfOther(Path from, Path to) throws IOException {
    if (Files.exists(to) && Files.mismatch(from, to) < 0) {
      return false;
    }
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    return true;
  }

  private static void deleteTree(Path root) throws IOException {
    if (Files.exists(root)) {
      try (Stream<Path> tree = Files.walk(root)) {
        for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}

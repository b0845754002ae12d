package dev.kvasir.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The servers that all integration tests of a run share: node a, and node b beside it once a test
 * wants it. A test takes it as a parameter, with {@code @ExtendWith(KvasirCluster.Shared.class)};
 * whatever a test breaks it starts for itself.
 */
final class KvasirCluster implements AutoCloseable {
  private final Path data;
  private @Nullable KvasirNode a;
  private @Nullable KvasirNode b;

  private KvasirCluster(Path data) {
    this.data = data;
  }

  /** The first node. */
  synchronized KvasirNode a() throws IOException, InterruptedException {
    if (a == null) {
      a = KvasirNode.start(data, "a");
    }
    return a;
  }

  /** The second node, joined to the first. */
  synchronized KvasirNode b() throws IOException, InterruptedException {
    if (b == null) {
      b = KvasirNode.start(data, "b", "--join", a().clusterAddress());
    }
    return b;
  }

  /** Directory of all its nodes. */
  Path data() {
    return data;
  }

  @Override
  public synchronized void close() {
    if (b != null) {
      b.close();
    }
    if (a != null) {
      a.close();
    }
  }

  /** Gives tests the one cluster of the run, and stops it after the last of them. */
  static final class Shared implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(KvasirCluster.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == KvasirCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(NAMESPACE)
          .getOrComputeIfAbsent(
              KvasirCluster.class, type -> new KvasirCluster(newData()), KvasirCluster.class);
    }

    private static Path newData() {
      try {
        Path folder = Path.of(System.getProperty("kvasir.it.data", "target/it"));
        Files.createDirectories(folder);
        return Files.createTempDirectory(folder, "cluster");
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}

package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of bin/package, unpacked into a server that serves another application already. */
@Tag("long")
final class PackageIT {
  private static final int PACK_SECONDS = 120;
  private static final int READY_SECONDS = 240;
  private static final String KEY = "sk-of-the-packaged-node";

  private static final Path ROOT =
      Path.of(System.getProperty("kvasir.root", "..")).toAbsolutePath().normalize();

  @TempDir static Path folder;
  private static StockServer host;

  @BeforeAll
  static void packAndUnpack() throws Exception {
    Path archive = folder.resolve("kvasir.tar.gz");
    run(ROOT.resolve("bin/package").toString(), "--output", archive.toString());
    host = StockServer.in(folder.resolve("usr"));
    host.start("/host/greeting", READY_SECONDS).close();
    run("tar", "-xmzf", archive.toString(), "-C", host.directory().toString());
  }

  @Test
  void unpacked_besideAnotherApplication_bothAnswer() throws Exception {
    Path settings = host.directory().resolve("server.xml");
    String untouched = Files.readString(settings);
    Path kvasir = host.directory().resolve("kvasir");
    Files.writeString(kvasir.resolve("cluster.secret"), "7".repeat(64));
    Files.copy(kvasir.resolve("jvm.options"), host.directory().resolve("jvm.options"));
    Files.writeString(
        host.directory().resolve("bootstrap.properties"),
        """
        kvasir.model=%s
        kvasir.cluster.port=%d
        kvasir.cluster.secret.file=%s
        kvasir.tenant.default.key=%s
        """
            .formatted(
                ROOT.resolve("models/tiny"),
                host.ports().cluster(),
                kvasir.resolve("cluster.secret"),
                KEY));

    try (LibertyProcess running = host.start("/health/ready", READY_SECONDS)) {
      KvasirClient client = new KvasirClient(host.uri("/"), KEY, "nobody", "nothing");

      assertTrue(client.chat("You answer.", "Who are you?", 3).containsKey("kvasir"));
      assertEquals(HostServlet.GREETING, client.get("/host/greeting").body());
      assertEquals(401, client.get("/v1/models").statusCode(), "nobody without a key");
      assertTrue(Files.exists(host.directory().resolve("kvasir-data/directory.mv.db")));
      assertEquals(untouched, Files.readString(settings));
      assertTrue(running.process().isAlive());
    }
  }

  @Test
  void archive_everyFile_nothingOfThisMachine() throws IOException {
    List<String> traces = List.of(ROOT.toString(), System.getProperty("user.home") + "/.m2");
    try (Stream<Path> files = Files.walk(host.directory().resolve("kvasir"))) {
      for (Path file : files.filter(Files::isRegularFile).filter(PackageIT::isOurs).toList()) {
        try (InputStream content = Files.newInputStream(file)) {
          assertNoTrace(file.toString(), content, traces);
        }
      }
    }
    assertEquals(
        "keystore_password=of-the-host\n",
        Files.readString(host.directory().resolve("server.env")),
        "the host's own, not the build's");
  }

  /** Libraries of others are as they came. */
  private static boolean isOurs(Path file) {
    return !file.toString().matches(".*/lib/(inference|jdbc)/.*");
  }

  /** Looks into archives, and the archives in them. */
  private static void assertNoTrace(String name, InputStream content, List<String> traces)
      throws IOException {
    if (name.matches(".*[.]([ejrw]ar)")) {
      ZipInputStream zip = new ZipInputStream(content);
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        assertNoTrace(name + "!" + entry.getName(), zip, traces);
      }
    } else {
      String text = new String(content.readAllBytes(), StandardCharsets.ISO_8859_1);
      for (String trace : traces) {
        assertFalse(text.contains(trace), () -> "%s contains %s".formatted(name, trace));
      }
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "command", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("KVASIR_BUILD", "never");
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    boolean ended = process.waitFor(PACK_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertTrue(ended && process.exitValue() == 0, () -> LibertyProcess.text(output));
  }
}

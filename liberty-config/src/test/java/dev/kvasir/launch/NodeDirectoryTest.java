package dev.kvasir.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeDirectoryTest {
  @TempDir Path folder;
  private Path template;
  private Path application;

  @BeforeEach
  void build() throws IOException {
    template = folder.resolve("template");
    for (String file :
        new String[] {
          "server.xml", "server.env", "apps/kvasir.rar", "lib/api/a.jar", "lib/jdbc/d.jar"
        }) {
      Files.createDirectories(template.resolve(file).getParent());
      Files.writeString(template.resolve(file), file);
    }
    Files.createDirectories(template.resolve("lib/inference"));
    Files.writeString(template.resolve("lib/inference/large.jar"), "large");
    application = Files.writeString(folder.resolve("kvasir.ear"), "ear");
  }

  @Test
  void install_twice_serverOfTheLastBuild() throws IOException {
    NodeDirectory node = new NodeDirectory(folder.resolve("node"));
    node.install(template, application);
    Files.writeString(template.resolve("server.xml"), "new");

    node.install(template, application);

    Path server = folder.resolve("node/liberty/servers/kvasir");
    assertEquals("new", Files.readString(server.resolve("server.xml")));
    assertEquals("apps/kvasir.rar", Files.readString(server.resolve("apps/kvasir.rar")));
    assertEquals("ear", Files.readString(server.resolve("apps/kvasir.ear")));
    assertEquals("lib/api/a.jar", Files.readString(server.resolve("lib/api/a.jar")));
    assertEquals("lib/jdbc/d.jar", Files.readString(server.resolve("lib/jdbc/d.jar")));
    assertEquals("large", Files.readString(server.resolve("lib/inference/large.jar")));
    assertTrue(Files.isSymbolicLink(server.resolve("lib/inference")));
  }

  @Test
  void install_otherApplication_whatWasUnpackedGoes() throws IOException {
    NodeDirectory node = new NodeDirectory(folder.resolve("node"));
    node.install(template, application);
    Path unpacked = folder.resolve("node/liberty/servers/kvasir/workarea/cache/a.war");
    Files.createDirectories(unpacked.getParent());
    Files.writeString(unpacked, "a");

    node.install(template, application);
    assertTrue(Files.exists(unpacked));

    Files.writeString(application, "new");
    node.install(template, application);
    assertFalse(Files.exists(unpacked));
  }

  @Test
  void setHeap_again_whatLibertyReadsLast() throws IOException {
    NodeDirectory node = new NodeDirectory(folder.resolve("node"));
    node.setHeap(new Heap(1, 1, 1));

    node.setHeap(new Heap(1024, 256, 512));

    Path overrides = folder.resolve("node/liberty/servers/kvasir/configDropins/overrides");
    String options = Files.readString(overrides.resolve("jvm.options"));
    assertTrue(options.endsWith("\n-Xmx2816m\n"), options);
  }

  @Test
  void configure_agreedNames_forItsOwnerOnly() throws IOException {
    NodeDirectory node = new NodeDirectory(folder.resolve("b"));
    node.install(template, application);
    NodeOptions options =
        NodeOptions.parse(
            "--data", folder.toString(), "--model", "m", "--name", "b", "--join", "h:1,i:2");

    node.configure(options, Path.of("s"), new Credentials("admin", "p", "k"), "keystore");

    Path file = folder.resolve("b/liberty/servers/kvasir/bootstrap.properties");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    Properties written = new Properties();
    written.load(new StringReader(Files.readString(file)));
    assertEquals("b", written.getProperty("kvasir.node"));
    assertEquals(folder.resolve("b").toString(), written.getProperty("kvasir.data"));
    assertEquals("127.0.0.1", written.getProperty("kvasir.bind"));
    assertEquals("5701", written.getProperty("kvasir.cluster.port"));
    assertEquals("h:1,i:2", written.getProperty("kvasir.cluster.join"));
    assertEquals("s", written.getProperty("kvasir.cluster.secret.file"));
    assertEquals("k", written.getProperty("kvasir.tenant.default.key"));
    assertEquals("admin", written.getProperty("admin.user"));
    assertEquals("p", written.getProperty("admin.password"));
    assertEquals("m", written.getProperty("kvasir.model"));
    assertEquals("0", written.getProperty("kvasir.context"));
    assertEquals("0", written.getProperty("kvasir.pool.mib"));
    assertEquals("cpu", written.getProperty("kvasir.device"));
  }
}

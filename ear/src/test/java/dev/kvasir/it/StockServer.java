package dev.kvasir.it;

import dev.kvasir.it.KvasirNode.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * An Open Liberty as its makers ship it, with one application of somebody else's.
 *
 * @param user Liberty's user directory
 * @param ports where it listens
 */
record StockServer(Path user, Ports ports) {
  /** Lays out the server and its application below a folder. */
  static StockServer in(Path user) throws IOException {
    StockServer server = new StockServer(user, Ports.free());
    Path applications = Files.createDirectories(server.directory().resolve("apps"));
    Files.writeString(
        server.directory().resolve("server.xml"),
        """
        <server description="Somebody else's">
          <featureManager>
            <feature>mail-2.1</feature>
            <feature>servlet-6.0</feature>
          </featureManager>
          <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
          <webApplication location="host.war" contextRoot="/host"/>
        </server>
        """
            .formatted(server.ports.http()));
    // as Liberty makes it with a server
    Files.writeString(server.directory().resolve("server.env"), "keystore_password=of-the-host\n");
    ShrinkWrap.create(WebArchive.class, "host.war")
        .addClass(HostServlet.class)
        .as(ZipExporter.class)
        .exportTo(applications.resolve("host.war").toFile());
    return server;
  }

  /** Where its {@code server.xml} lies. */
  Path directory() {
    return user.resolve("servers/host");
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(ports.http(), path));
  }

  /** Starts it, and waits until a path answers 200. */
  LibertyProcess start(String path, int seconds) throws Exception {
    return LibertyProcess.start(
        new LibertyProcess.Command(
            Path.of(System.getProperty("kvasir.wlp")),
            "host",
            Map.of("WLP_USER_DIR", user.toString()),
            user.resolve("console.txt")),
        uri(path),
        seconds);
  }
}

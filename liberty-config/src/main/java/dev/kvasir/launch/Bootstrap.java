package dev.kvasir.launch;

import dev.kvasir.launch.NodeOptions.EngineLimits;
import dev.kvasir.launch.NodeOptions.Network;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A node's bootstrap.properties: they become variables of the server's configuration, and system
 * properties that the application reads through MicroProfile Config.
 */
record Bootstrap(NodeOptions options, Path root, Path secretFile, Credentials credentials) {
  String toProperties() {
    Properties properties = new Properties();
    Network network = options.network();
    EngineLimits engine = options.engine();
    properties.setProperty("kvasir.node", options.node());
    properties.setProperty("kvasir.data", root.toString());
    properties.setProperty("kvasir.bind", network.bind());
    properties.setProperty("kvasir.http.port", Integer.toString(network.httpPort()));
    properties.setProperty("kvasir.https.port", Integer.toString(network.httpsPort()));
    properties.setProperty("kvasir.cluster.port", Integer.toString(network.clusterPort()));
    properties.setProperty("kvasir.cluster.join", network.join());
    properties.setProperty("kvasir.grid.client", network.gridMembers());
    properties.setProperty("kvasir.cluster.secret.file", secretFile.toString());
    properties.setProperty("kvasir.tenant.default.key", credentials.tenantKey());
    properties.setProperty("kvasir.model", options.model().toString());
    properties.setProperty("kvasir.context", Integer.toString(engine.contextTokens()));
    properties.setProperty("kvasir.pool.mib", Integer.toString(engine.poolMib()));
    properties.setProperty("kvasir.device", engine.device());
    properties.setProperty("admin.user", credentials.adminUser());
    properties.setProperty("admin.password", credentials.adminPassword());
    properties.setProperty("com.ibm.ws.logging.log.directory", root.resolve("logs").toString());
    properties.setProperty("com.ibm.ws.logging.console.log.level", "OFF");
    StringWriter text = new StringWriter();
    try {
      properties.store(text, "Written at each start of the node");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}

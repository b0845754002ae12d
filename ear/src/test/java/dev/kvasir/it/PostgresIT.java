package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tenants, keys and audit events in PostgreSQL instead of the node's own file. */
@Tag("long")
final class PostgresIT {
  @Test
  void records_inPostgres_outliveTheNode(@TempDir Path data, @TempDir Path database)
      throws Exception {
    assumeTrue(
        TestingPostgres.isInstalled(),
        "PostgreSQL is not installed here; apt-get install postgresql");
    installDriver(data.resolve("a/liberty/servers/kvasir/lib/jdbc"));
    try (TestingPostgres postgres = TestingPostgres.start(database)) {
      String key = makeKey(data, postgres);

      assertEquals(1, postgres.count("kvasir_api_key"));
      assertTrue(postgres.count("kvasir_audit") >= 2);
      assertFalse(Files.exists(data.resolve("a/directory.mv.db")), "the node's own file");
      assertKnown(data, postgres, key);
    }
  }

  private static String makeKey(Path data, TestingPostgres postgres) throws Exception {
    try (KvasirNode node = KvasirNode.start(data, "a", postgres.environment())) {
      KvasirClient admin = node.client();
      assertEquals(201, admin.admin("POST", "/api/tenants", "{\"id\": \"acme\"}").statusCode());
      HttpResponse<String> made =
          admin.admin("POST", "/api/tenants/acme/keys", "{\"name\": \"first\"}");
      assertEquals(201, made.statusCode(), made.body());
      assertEquals(1, admin.adminGet("/api/audit?what=KEYS").getJsonArray("events").size());
      return KvasirClient.read(made).getString("key");
    }
  }

  /** By a node that was not there when they were made. */
  private static void assertKnown(Path data, TestingPostgres postgres, String key)
      throws Exception {
    try (KvasirNode node = KvasirNode.start(data, "a", postgres.environment())) {
      assertEquals(200, node.client().send("GET", "/v1/models", "Bearer " + key));
      assertEquals(401, node.client().send("GET", "/v1/models", "Bearer " + key + "x"));
      String audit = node.client().adminGet("/api/audit?what=tenants").toString();
      assertTrue(audit.contains("POST /api/tenants/acme/keys"), audit);
    }
  }

  /** As an administrator would: the driver's jar beside H2's. */
  private static void installDriver(Path folder) throws Exception {
    Path jar =
        Path.of(
            org.postgresql.Driver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    Files.createDirectories(folder);
    Files.copy(jar, folder.resolve("postgresql.jar"));
  }
}

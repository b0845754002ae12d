package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import jakarta.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule that a real request breaks: seen on the pages, by the API, and told to a webhook. */
@Tag("long")
final class ConsoleAlertsIT {
  @TempDir Path data;

  @Test
  void alerts_ruleBroken_shownAndTold() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    HttpServer hook =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hook.createContext(
        "/hook",
        exchange -> {
          told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    hook.start();
    Map<String, String> environment =
        Map.of(
            "KVASIR_ALERT_RULES",
            "busy: kvasir_lookups_total over 600 above 0 critical; load_regret: off",
            "KVASIR_ALERT_WEBHOOK",
            "http://127.0.0.1:%d/hook".formatted(hook.getAddress().getPort()));
    try (KvasirNode node = KvasirNode.start(data, "a", environment);
        Browser browser = Browser.loggedInAt(node)) {
      browser.open("alerts");
      browser.await("the rules", () -> browser.says("#alerts\\:rules", "busy"));
      assertTrue(browser.says("#alerts\\:history", "Nothing has fired"));
      Await.until(
          60,
          () -> {
            node.client().chat("Be kind.", "Hello", 1);
            return alert(node, "busy").getString("state").equals("firing");
          },
          () -> "the alert fires");
      browser.await("the alert", () -> browser.says("#alerts\\:rules", "firing"));
      assertEquals(List.of(), Axe.violations(browser));
      browser.open("dashboard");
      browser.await("the banner", () -> browser.says(".banner.firing", "Critical: busy"));
      Await.until(10, () -> !told.isEmpty(), () -> "the webhook is told");
      assertTrue(told.get(0).contains("\"rule\":\"busy\",\"state\":\"firing\""), told::toString);
    } finally {
      hook.stop(0);
    }
  }

  private static JsonObject alert(KvasirNode node, String rule) throws Exception {
    return node.client().adminGet("/api/alerts").getJsonArray("alerts").stream()
        .map(one -> one.asJsonObject())
        .filter(one -> one.getString("rule").equals(rule))
        .findFirst()
        .orElseThrow();
  }
}

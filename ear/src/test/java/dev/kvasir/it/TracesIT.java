package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that traces, and a collector that notes what comes. */
@Tag("long")
final class TracesIT {
  private static final String TELEMETRY = "../liberty-config/src/main/liberty/config/telemetry.xml";

  private volatile String collected = "";
  private HttpServer collector;

  @TempDir Path data;

  @BeforeEach
  void collect() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          // names are plain text in OTLP's protocol buffers
          String spans =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
          collect(spans);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
  }

  @AfterEach
  void stop() {
    collector.stop(0);
  }

  @Test
  void chat_traced_spansOfAllPhasesAndNoText() throws Exception {
    Path overrides = data.resolve("traced/liberty/servers/kvasir/configDropins/overrides");
    Files.createDirectories(overrides);
    Files.copy(Path.of(TELEMETRY), overrides.resolve("telemetry.xml"));
    Map<String, String> environment =
        Map.of(
            "OTEL_SDK_DISABLED", "false",
            "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
            "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + collector.getAddress().getPort(),
            "OTEL_BSP_SCHEDULE_DELAY", "100",
            "OTEL_SERVICE_NAME", "kvasir");
    try (KvasirNode node = KvasirNode.start(data, "traced", environment)) {
      node.client().chat(LongNotes.of(99), "Where does Bragi live?", 2);
      Await.until(
          30,
          () -> collected.contains("completion") && collected.contains("decode"),
          () -> "spans of the request: " + collected);
    }

    for (String name :
        List.of("template", "queue", "lookup", "open", "load", "prefill", "publish", "decode")) {
      assertTrue(collected.contains(name), name);
    }
    assertTrue(collected.contains("gen_ai.usage.input_tokens"));
    assertFalse(collected.contains("Bragi"), "the prompt's text");
  }

  private synchronized void collect(String spans) {
    collected += spans;
  }
}

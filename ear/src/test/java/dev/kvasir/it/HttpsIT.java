package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A node with a certificate from its administrator, which is asked by HTTPS only. */
@TestInstance(Lifecycle.PER_CLASS)
@Tag("long")
final class HttpsIT {
  private static final String CHAT = "/v1/chat/completions";
  private static final String BODY = KvasirClient.chatBody("Be kind.", "Hello", 1, false);

  @SuppressWarnings("NullAway.Init") // set before all
  private KvasirNode node;

  @SuppressWarnings("NullAway.Init") // set before all
  private TlsClient certificate;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    certificate = TlsClient.make(data);
    node =
        KvasirNode.start(
            data,
            "a",
            Map.of(
                "KVASIR_HTTPS_ONLY", "all",
                "KVASIR_TLS_KEYSTORE", certificate.keyStore().toString(),
                "KVASIR_TLS_PASSWORD", certificate.password()));
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @Test
  void api_byHttps_answers() throws Exception {
    HttpResponse<String> answer = certificate.http().send(chat(), BodyHandlers.ofString());

    assertEquals(200, answer.statusCode(), answer.body());
    assertTrue(answer.sslSession().orElseThrow().getProtocol().startsWith("TLSv1."));
  }

  @Test
  void api_byHttps_certificateIsTheAdministrators() throws Exception {
    HttpClient trustsOthers = HttpClient.newHttpClient();
    HttpRequest request = chat();
    assertThrows(
        SSLHandshakeException.class, () -> trustsOthers.send(request, BodyHandlers.discarding()));
  }

  @Test
  void api_byPlainHttp_refusedWhoeverAsks() throws Exception {
    for (HttpResponse<String> refusal :
        List.of(node.client().post(CHAT, BODY), node.client().admin("GET", "/api/cluster", ""))) {
      assertEquals(403, refusal.statusCode(), refusal.body());
      assertTrue(refusal.body().contains("\"https_required\""), refusal.body());
    }
    assertEquals(200, node.client().get("/health/ready").statusCode());
    assertEquals(200, node.client().get("/metrics").statusCode());
  }

  @Test
  void console_byPlainHttp_sentToHttps() throws Exception {
    HttpResponse<String> answer = node.client().get("/console/login.xhtml?failed=1");

    assertEquals(302, answer.statusCode());
    URI there = URI.create(answer.headers().firstValue("Location").orElse(""));
    assertEquals(node.httpsUri("/console/login.xhtml?failed=1"), there);
    HttpResponse<String> page =
        certificate.http().send(HttpRequest.newBuilder(there).build(), BodyHandlers.ofString());
    assertEquals(200, page.statusCode());
    assertTrue(page.body().contains("id=\"password\""), page.body());
  }

  private HttpRequest chat() {
    return HttpRequest.newBuilder(node.httpsUri(CHAT))
        .header("Authorization", "Bearer " + node.tenantKey())
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(BODY))
        .build();
  }
}

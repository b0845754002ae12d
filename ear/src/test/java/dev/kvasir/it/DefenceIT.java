package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server does against guessing, flooding, trickling and other sites' pages. */
@TestInstance(Lifecycle.PER_CLASS)
final class DefenceIT {
  private static final int FREE_FAILURES = 40;
  private static final String POLICY = "/api/cache/policy";
  private static final String SESSION = "KVASIR_SESSION_a";
  private static final String RETURN = "; WASReqURL=http:///console/policy.xhtml";
  private static final String SIGN_ON = "KVASIR_LTPA_a";

  @SuppressWarnings("NullAway.Init")
  private KvasirNode node;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    node =
        KvasirNode.start(
            data,
            "a",
            Map.of(
                "KVASIR_LOGIN_FAILURES",
                Integer.toString(FREE_FAILURES),
                "KVASIR_HTTPS_ONLY",
                "off"));
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @Test
  void key_overItsRequests_429WithRetryAfterAndCounted() throws Exception {
    KvasirClient bounded = keyWith("\"requests_per_minute\": 2");
    bounded.chat("Be kind.", "Hello", 1);
    bounded.chat("Be kind.", "Hello", 1);
    assertLimited(bounded, "requests");
    String tenants = node.client().adminGet("/api/tenants").toString();
    assertTrue(tenants.contains("\"rate_limited\":"), tenants);
    assertFalse(tenants.contains("\"rate_limited\":0"), tenants);
  }

  @Test
  void key_overItsTokens_429WithRetryAfter() throws Exception {
    KvasirClient bounded = keyWith("\"tokens_per_minute\": 3");
    bounded.chat("Be kind.", "Hello", 1);
    assertLimited(bounded, "tokens");
  }

  private KvasirClient keyWith(String bounds) throws Exception {
    HttpResponse<String> made =
        node.client()
            .admin("POST", "/api/tenants/default/keys", "{\"name\": \"bounded\", " + bounds + "}");
    return node.client().withKey(KvasirClient.read(made).getString("key"));
  }

  private static void assertLimited(KvasirClient client, String what) throws Exception {
    HttpResponse<String> refusal =
        client.post("/v1/chat/completions", KvasirClient.chatBody("Be kind.", "Hello", 1, false));
    assertEquals(429, refusal.statusCode(), refusal.body());
    int seconds = Integer.parseInt(refusal.headers().firstValue("Retry-After").orElse("0"));
    assertTrue(seconds >= 1 && seconds <= 3_600, refusal.headers()::toString);
    JsonObject error = KvasirClient.read(refusal).getJsonObject("error");
    assertEquals("rate_limit_exceeded", error.getString("code"));
    assertTrue(error.getString("message").contains(what), error::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/models", "/api/cluster", "/nothing", "/console/login.xhtml"})
  void answers_all_haveSecurityHeaders(String path) throws Exception {
    HttpResponse<String> answer = node.client().get(path);
    assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElse(""));
    String policy = answer.headers().firstValue("Content-Security-Policy").orElse("");
    assertTrue(policy.contains("frame-ancestors 'none'"), policy);
    assertTrue(answer.headers().firstValue("Referrer-Policy").isPresent());
  }

  @Test
  void body_thatNeverComes_connectionIsClosedInTime() throws Exception {
    long start = System.nanoTime();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.uri("/").getPort())) {
      socket.setSoTimeout(40_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                  + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      readToEnd(socket.getInputStream());
    }
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    assertTrue(seconds < 35, "the server waited " + seconds + " s");
  }

  private static void readToEnd(InputStream in) throws IOException {
    byte[] unused = in.readAllBytes();
  }

  @Test
  void console_sessionWithoutSignOn_opensNothing() throws Exception {
    String planted = SESSION + "=0000attackersSessionAttackers0:1";
    String signOn = signOn(planted);
    String session = session(signOn + "; " + planted);
    assertFalse(session.contains("attackers"), session);
    assertAll(
        () -> assertFalse(opens(session), "the session alone opened a page"),
        () -> assertFalse(opens(planted), "the planted session opened a page"),
        () -> assertTrue(opens(signOn), "the sign-on opened nothing"));
  }

  @Test
  void console_postOfAnotherSite_changesNothing() throws Exception {
    JsonObject before = node.client().adminGet(POLICY);
    String signOn = signOn(SESSION + "=none");
    for (String state : List.of("", "&jakarta.faces.ViewState=-123%3A456")) {
      String form =
          "settings=settings&settings%3Abudget=7&settings%3Adeadline=7"
              + "&settings%3Asave=settings%3Asave&settings_SUBMIT=1"
              + state;
      HttpResponse<String> answer = browse(post("/console/policy.xhtml", signOn, form));
      assertFalse(answer.body().contains("In force on all nodes."), answer.body());
      assertEquals(before, node.client().adminGet(POLICY));
    }
  }

  @Test
  void logins_manyWrong_thenNoneIsLookedAt() throws Exception {
    try (KvasirNode other =
        KvasirNode.start(
            node.directory().resolveSibling("guessing"),
            "g",
            Map.of("KVASIR_LOGIN_FAILURES", "5"))) {
      KvasirClient client = other.client();
      for (int attempt = 0; attempt < 5; attempt++) {
        assertEquals(401, client.send("GET", "/api/cluster", client.basic("guess" + attempt)));
      }
      assertEquals(429, client.send("GET", "/api/cluster", client.basic("guess")));
      assertEquals(429, client.send("GET", "/api/cluster", client.basic(other.adminPassword())));
      assertEquals(429, client.send("GET", "/v1/models", "Bearer " + other.tenantKey()));
      assertEquals(200, client.send("GET", "/v1/models", ""), "a stranger guesses nothing");
    }
  }

  /** Logs in with these cookies; the cookie of the sign-on, which other sites cannot send. */
  private String signOn(String cookies) throws Exception {
    String form = "j_username=%s&j_password=%s".formatted(node.adminUser(), node.adminPassword());
    HttpResponse<String> login = browse(post("/console/j_security_check", cookies + RETURN, form));
    String cookie =
        login.headers().allValues("Set-Cookie").stream()
            .filter(header -> header.startsWith(SIGN_ON) && !header.startsWith(SIGN_ON + "=;"))
            .findFirst()
            .orElseThrow(() -> new AssertionError(login.statusCode() + " " + login.headers()));
    assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), cookie);
    return cookie.substring(0, cookie.indexOf(';'));
  }

  private String session(String cookies) throws Exception {
    return browse(page(cookies)).headers().allValues("Set-Cookie").stream()
        .filter(header -> header.startsWith(SESSION))
        .map(header -> header.substring(0, header.indexOf(';')))
        .findFirst()
        .orElse(SESSION + "=none");
  }

  private boolean opens(String cookies) throws Exception {
    HttpResponse<String> page = browse(page(cookies));
    return page.statusCode() == 200 && page.body().contains("settings:save");
  }

  private HttpRequest page(String cookies) {
    return HttpRequest.newBuilder(node.uri("/console/policy.xhtml"))
        .header("Cookie", cookies)
        .build();
  }

  private HttpRequest post(String path, String cookies, String form) {
    return HttpRequest.newBuilder(node.uri(path))
        .header("Cookie", cookies)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(form))
        .build();
  }

  private HttpResponse<String> browse(HttpRequest request) throws Exception {
    return node.client().http().send(request, BodyHandlers.ofString());
  }
}

package dev.kvasir.bench.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over a loopback socket, against a server that answers as a test says. */
@Timeout(30)
class ChatEndpointTest {
  private static final Turn TURN = new Turn(0, 0, "", "hello", 16);
  private static final List<Map<String, String>> MESSAGES =
      List.of(Map.of("role", "user", "content", "hello"));

  private final Queue<String> received = new ConcurrentLinkedQueue<>();
  private final HttpServer server;
  private final ChatEndpoint endpoint;
  private int status = 200;
  private String answer = "";

  ChatEndpointTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    endpoint = new ChatEndpoint(HttpClient.newHttpClient(), base, "key-1");
  }

  @BeforeEach
  void startServer() {
    server.createContext("/", this::handle);
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      received.add(exchange.getRequestURI().getPath());
      received.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Test
  void ask_streamedAnswer_isReadAndTheRequestIsOpenAis() {
    answer = "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\ndata: [DONE]\n\n";
    Answer given = ask();
    assertEquals("", given.error());
    assertEquals("Hi", given.text());
    assertEquals("/v1/chat/completions", received.poll());
    assertEquals("Bearer key-1", received.poll());
    JsonObject request = JsonParser.parseString(received.remove()).getAsJsonObject();
    assertEquals("tiny", request.get("model").getAsString());
    assertEquals(16, request.get("max_tokens").getAsInt());
    assertTrue(request.get("stream").getAsBoolean());
    assertTrue(request.getAsJsonObject("stream_options").get("include_usage").getAsBoolean());
    JsonObject message = request.getAsJsonArray("messages").get(0).getAsJsonObject();
    assertEquals("user", message.get("role").getAsString());
    assertEquals("hello", message.get("content").getAsString());
  }

  @Test
  void ask_errorStatus_isAFailureWithStatusAndText() {
    status = 503;
    answer = "{\"error\":{\"code\":\"no_decode_slot\"}}";
    Answer given = ask();
    assertTrue(given.error().startsWith("503 "), given.error());
    assertTrue(given.error().contains("no_decode_slot"), given.error());
  }

  @Test
  void ask_nobodyListens_isAFailure() {
    server.stop(0);
    assertTrue(ask().failed());
  }

  @Test
  void firstModel_list_isItsFirst() throws IOException {
    answer = "{\"data\":[{\"id\":\"tiny\"},{\"id\":\"other\"}]}";
    assertEquals("tiny", endpoint.firstModel());
    status = 401;
    assertThrows(IOException.class, endpoint::firstModel);
  }

  private Answer ask() {
    return endpoint.ask("tiny", TURN, MESSAGES, 0, () -> 1);
  }
}

package dev.kvasir.web.route;

import static dev.kvasir.web.FaultAssertions.faultOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kvasir.cache.route.Route;
import dev.kvasir.web.json.JsonBody;
import dev.kvasir.web.stream.NoFormat;
import dev.kvasir.web.stream.RelayedStream;
import jakarta.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Node a has requests answered by node b, a server on loopback. */
@Timeout(60)
final class NodeCallTest {
  private static final String ANSWER = "{\"choices\":[]}";

  private final TestingRoutes routes = new TestingRoutes();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final CountDownLatch hanging = new CountDownLatch(1);
  private @Nullable HttpServer server;

  @BeforeEach
  void start() throws IOException {
    HttpServer started =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    started.setExecutor(threads);
    started.start();
    server = started;
  }

  @AfterEach
  void stop() {
    hanging.countDown();
    server().stop(0);
    threads.shutdownNow();
    scheduler.shutdownNow();
  }

  private HttpServer server() {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return server;
  }

  private NodeCall call(String path, BooleanSupplier connected) {
    String url = "http://127.0.0.1:" + server().getAddress().getPort();
    return new NodeCall(
        new NodeCall.Means(HttpClient.newHttpClient(), routes, scheduler),
        new Route("b", url, 9, Route.Advice.THERE),
        new Letter(
            path,
            new JsonBody(Json.createObjectBuilder().add("model", "tiny").build()),
            "r-1",
            "Bearer key",
            null),
        connected);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void hang(HttpExchange exchange) throws IOException {
    hang();
    answer(exchange, 200, ANSWER);
  }

  private void hang() {
    try {
      boolean unused = hanging.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A node that begins its answer and says nothing more. */
  private void beginAndHang(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write("data: 1\n\n".getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
    hang();
    exchange.close();
  }

  /** A client to whom something happens with the first event. */
  private static OutputStream client(ByteArrayOutputStream received, Runnable then) {
    return new FilterOutputStream(received) {
      @Override
      public void flush() {
        then.run();
      }
    };
  }

  private static RelayedStream relayed(NodeCall call) {
    return new RelayedStream(call::open, new NoFormat());
  }

  @Test
  void whole_otherAnswers_itGotTheClientsRequest() {
    server()
        .createContext(
            "/v1/completions",
            exchange -> {
              String body =
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
              var headers = exchange.getRequestHeaders();
              boolean whole =
                  body.equals("{\"model\":\"tiny\"}")
                      && headers.getFirst("Authorization").equals("Bearer key")
                      && headers.getFirst("X-Request-Id").equals("r-1")
                      && headers.getFirst("Content-Type").equals("application/json")
                      && headers.getFirst(Letter.HOP).equals("a");
              answer(exchange, whole ? 200 : 400, ANSWER);
            });

    assertEquals(Optional.of(ANSWER), call("/v1/completions", () -> true).whole());
    assertEquals(List.of("answered"), routes.answers);
  }

  @Test
  void open_otherAnswers_asItComes() throws IOException {
    server().createContext("/", exchange -> answer(exchange, 200, "data: 1\n\n"));
    try (InputStream answer = call("/", () -> true).open().orElseThrow()) {
      assertEquals("data: 1\n\n", new String(answer.readAllBytes(), StandardCharsets.UTF_8));
    }
    assertEquals(List.of("answered"), routes.answers);
  }

  @Test
  void whole_otherRefuses_thisNodeIsToAnswer() {
    for (int status : new int[] {400, 401, 429, 500, 503}) {
      server().createContext("/" + status, exchange -> answer(exchange, status, "{}"));
      assertEquals(Optional.empty(), call("/" + status, () -> true).whole());
    }
    assertEquals(
        List.of("status 400", "status 401", "status 429", "status 500", "status 503"),
        routes.answers);
  }

  @Test
  void whole_breaksOff_thisNodeIsToAnswer() {
    server()
        .createContext(
            "/",
            exchange -> {
              exchange.sendResponseHeaders(200, 1_000);
              exchange.getResponseBody().write('{');
              exchange.close();
            });
    assertEquals(Optional.empty(), call("/", () -> true).whole());
    assertEquals(1, routes.answers.size());
    assertTrue(routes.answers.get(0).contains("IOException"), routes.answers::toString);
  }

  @Test
  void open_nobodyListens_thisNodeIsToAnswer() {
    NodeCall call = call("/", () -> true);
    server().stop(0);
    assertEquals(Optional.empty(), call.open());
    assertEquals(1, routes.answers.size());
    assertTrue(routes.answers.get(0).contains("ConnectException"), routes.answers::toString);
  }

  @Test
  void open_otherHangsAndLeavesTheCluster_thisNodeIsToAnswer() {
    server().createContext("/", this::hang);
    routes.othersAreThere = false;
    assertEquals(Optional.empty(), call("/", () -> true).open());
    assertEquals(List.of("it left the cluster"), routes.answers);
  }

  @Test
  void open_otherFallsSilentAndLeavesTheCluster_streamEndsWithItsErrorEvent() {
    server().createContext("/", this::beginAndHang);
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    OutputStream client = client(received, () -> routes.othersAreThere = false);

    assertTrue(relayed(call("/", () -> true)).write(client));

    String events = received.toString(StandardCharsets.UTF_8);
    assertTrue(events.startsWith("data: 1\n\ndata: {\"error\""), events);
    assertTrue(events.contains("completion_failed"), events);
  }

  @Test
  void open_otherFallsSilentAndClientLeaves_streamEnds() {
    server().createContext("/", this::beginAndHang);
    AtomicBoolean connected = new AtomicBoolean(true);
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    OutputStream client = client(received, () -> connected.set(false));

    assertTrue(relayed(call("/", connected::get)).write(client));

    assertEquals("data: 1\n\n", received.toString(StandardCharsets.UTF_8));
  }

  @Test
  void whole_otherFallsSilentAndLeavesTheCluster_thisNodeIsToAnswer() {
    server()
        .createContext(
            "/",
            exchange -> {
              routes.othersAreThere = false;
              beginAndHang(exchange);
            });
    assertEquals(Optional.empty(), call("/", () -> true).whole());
    assertEquals(1, routes.answers.size());
    assertTrue(routes.answers.get(0).contains("it left the cluster"), routes.answers::toString);
  }

  @Test
  void whole_otherFallsSilentAndClientLeaves_nobodyAnswers() {
    AtomicBoolean connected = new AtomicBoolean(true);
    server()
        .createContext(
            "/",
            exchange -> {
              connected.set(false);
              beginAndHang(exchange);
            });
    assertEquals("client_left", faultOf(() -> call("/", connected::get).whole()).code());
    assertTrue(routes.answers.isEmpty());
  }

  @Test
  void open_clientLeavesMeanwhile_nobodyAnswers() {
    server().createContext("/", this::hang);
    assertEquals("client_left", faultOf(() -> call("/", () -> false).open()).code());
    assertTrue(routes.answers.isEmpty());
  }
}

package dev.kvasir.web.route;

import dev.kvasir.cache.route.Route;
import dev.kvasir.cache.route.RouteFinder;
import dev.kvasir.web.fault.RequestFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** One request to be answered by another node. One thread. */
public final class NodeCall {
  /*
   * Whatever the other node says but 200 and an answer, this node answers: a refusal there need not
   * be one here, and one that is will be told by this node's own words. So nothing may have gone to
   * the client by then: of a stream the head comes with the first token, and an answer in one piece
   * is read to its end first.
   *
   * A node that hangs holds a request as long as it is in the cluster, as a long prompt does, and
   * no longer: that is looked at once in a while, as is whether the client is still there, before
   * the head has come here, and behind it by WatchedAnswer.
   */
  static final long LOOK_MILLIS = 500;
  private static final int OK = 200;

  private final Means means;
  private final RouteFinder routes;
  private final Route route;
  private final HttpRequest request;
  private final BooleanSupplier connected;

  /**
   * @param letter the client's request
   * @param connected whether the client is there
   */
  NodeCall(Means means, Route route, Letter letter, BooleanSupplier connected) {
    this.means = means;
    this.routes = means.routes();
    this.route = route;
    request = letter.from(routes.node(), route);
    this.connected = connected;
  }

  /**
   * The answer as it comes; empty if this node has to give it.
   *
   * @throws RequestFault if the client left while it was waited for, as may reading
   */
  public Optional<InputStream> open() {
    Optional<InputStream> answer = begin();
    if (answer.isPresent()) {
      routes.answered();
    }
    return answer;
  }

  /** The whole answer; likewise. */
  public Optional<String> whole() {
    return begin().flatMap(this::read);
  }

  private Optional<InputStream> begin() {
    return await(means.http().sendAsync(request, BodyHandlers.ofInputStream()));
  }

  private Optional<String> read(InputStream answer) {
    try (answer) {
      String whole = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
      routes.answered();
      return Optional.of(whole);
    } catch (IOException e) {
      return failed(e.toString());
    }
  }

  private Optional<InputStream> await(CompletableFuture<HttpResponse<InputStream>> answer) {
    while (true) {
      try {
        return taken(answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS));
      } catch (TimeoutException e) {
        if (!connected.getAsBoolean()) {
          giveUp(answer);
          throw RequestFault.clientLeft();
        }
        if (!isInCluster()) {
          giveUp(answer);
          return failed("it left the cluster");
        }
      } catch (ExecutionException e) {
        return failed(String.valueOf(e.getCause()));
      } catch (InterruptedException e) {
        giveUp(answer);
        Thread.currentThread().interrupt();
        return failed("this node is being stopped");
      }
    }
  }

  private Optional<InputStream> taken(HttpResponse<InputStream> answer) {
    if (answer.statusCode() == OK) {
      return Optional.of(
          new WatchedAnswer(answer.body(), connected, this::isInCluster, means.scheduler()));
    }
    close(answer);
    return failed("status " + answer.statusCode());
  }

  private boolean isInCluster() {
    return routes.hasNode(route.node());
  }

  /** Ends the connection, now or when the answer has come meanwhile: the other node sees it. */
  private static void giveUp(CompletableFuture<HttpResponse<InputStream>> answer) {
    CompletableFuture<Void> unused = answer.thenAccept(NodeCall::close);
    answer.cancel(true);
  }

  private static void close(HttpResponse<InputStream> answer) {
    try {
      answer.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException("a connection that nobody reads any more", e);
    }
  }

  private <T> Optional<T> failed(String reason) {
    routes.failed(route, reason);
    return Optional.empty();
  }

  /**
   * What all calls have in common.
   *
   * @param http asks other nodes
   * @param routes know which nodes there are
   * @param scheduler looks after answers
   */
  record Means(HttpClient http, RouteFinder routes, ScheduledExecutorService scheduler) {}
}

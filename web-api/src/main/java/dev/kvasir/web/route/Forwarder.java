package dev.kvasir.web.route;

import dev.kvasir.cache.route.Route;
import dev.kvasir.cache.route.RouteFinder;
import dev.kvasir.cache.route.RouteFinder.FoundRoute;
import dev.kvasir.cache.route.RouteMode;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.web.json.JsonBody;
import dev.kvasir.web.openai.KvasirRoute;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends requests on to the node that has most of their prompt. */
@ApplicationScoped
public class Forwarder {
  /** In answers: the node whose pool had the longest part of the prompt. */
  public static final String ROUTE = "X-Kvasir-Route";

  private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);

  @EJB RouteFinder routes;
  @Resource ManagedScheduledExecutorService executor;

  private final Supplier<HttpClient> http = new Once();

  /** A client that is made when it is first needed, as most nodes send nothing on. */
  private final class Once implements Supplier<HttpClient> {
    private @Nullable HttpClient client; // guarded by this

    @Override
    public synchronized HttpClient get() {
      HttpClient made = client;
      if (made == null) {
        made =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1) // whose end a node notices
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(executor)
                .build();
        client = made;
      }
      return made;
    }
  }

  /** Where a request had best be answered; empty if nobody asks, or it was sent on already. */
  public Optional<FoundRoute> find(CompletionRequest request, HttpServletRequest client) {
    return client.getHeader(Letter.HOP) == null ? routes.find(request) : Optional.empty();
  }

  /** What the client is told of its request's route, if clients are told. */
  public Optional<KvasirRoute> told(Optional<FoundRoute> found) {
    return routes.mode() == RouteMode.HINT
        ? found.map(
            it -> new KvasirRoute(it.route().node(), it.route().blocks(), it.key().toString()))
        : Optional.empty();
  }

  /**
   * The call by which another node answers; empty if this one is to.
   *
   * @param body of the client's request
   * @param connected whether the client is there
   */
  public Optional<NodeCall> call(
      Optional<FoundRoute> found,
      HttpServletRequest client,
      JsonBody body,
      BooleanSupplier connected) {
    return found
        .map(FoundRoute::route)
        .filter(route -> routes.mode() == RouteMode.FORWARD)
        .filter(route -> route.advice() == Route.Advice.THERE)
        .map(route -> new NodeCall(means(), route, Letter.of(client, body), connected));
  }

  private NodeCall.Means means() {
    return new NodeCall.Means(http.get(), routes, executor);
  }
}

package dev.kvasir.cache.ejb;

import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.metrics.RouteMetrics;
import dev.kvasir.cache.route.PoolView;
import dev.kvasir.cache.route.Route;
import dev.kvasir.cache.route.RouteFinder;
import dev.kvasir.cache.route.RouteMode;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.Passages;
import dev.kvasir.inference.BlockHash;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/** Finds routes by the names of prompts' blocks. */
@Stateless(name = "RouteFinderBean")
@Local(RouteFinder.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RouteFinderBean implements RouteFinder {
  private static final Logger LOG = System.getLogger(RouteFinderBean.class.getName());

  @EJB private CacheCoordinator coordinator;

  @Override
  public RouteMode mode() {
    return coordinator.routes().router().mode();
  }

  @Override
  public String node() {
    return coordinator.gate().node();
  }

  @Override
  public Optional<FoundRoute> find(CompletionRequest request) {
    try {
      if (mode() == RouteMode.NONE || !request.passages().equals(Passages.NONE)) {
        return Optional.empty();
      }
      return coordinator
          .node()
          .completions()
          .prefix(request)
          .filter(prefix -> !prefix.hashes().isEmpty())
          .map(this::found);
    } catch (RuntimeException e) { // whoever answers the request meets it too, and says it better
      LOG.log(Level.DEBUG, "no route was looked for", e);
      return Optional.empty();
    }
  }

  private FoundRoute found(Prefix prefix) {
    List<BlockHash> hashes = prefix.hashes();
    Route route = coordinator.routes().router().of(hashes);
    if (route.advice() == Route.Advice.BUSY) {
      count(RouteMetrics.BUSY);
    } else if (route.advice() == Route.Advice.THERE && mode() == RouteMode.HINT) {
      count(RouteMetrics.HINTED);
    }
    return new FoundRoute(route, hashes.get(hashes.size() - 1));
  }

  @Override
  public PoolView longest(String tenant, List<BlockHash> keys) {
    int own = 0;
    while (own < keys.size() && coordinator.grid().admin().isOf(tenant, keys.get(own))) {
      own++;
    }
    return coordinator.routes().router().longest(keys.subList(0, own));
  }

  @Override
  public boolean hasNode(String name) {
    return coordinator.routes().router().hasNode(name);
  }

  @Override
  public void answered() {
    count(RouteMetrics.FORWARDED);
  }

  @Override
  public void failed(Route route, String reason) {
    count(RouteMetrics.FAILED);
    if (coordinator.routes().failureLog().allows()) {
      LOG.log(
          Level.WARNING,
          "KVASIR1008: node {0} was to answer a request at {1} and did not ({2}); this one does",
          route.node(),
          route.url(),
          reason);
    }
  }

  private void count(String result) {
    coordinator.routes().metrics().count(result);
  }
}

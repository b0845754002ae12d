package dev.kvasir.web.route;

import dev.kvasir.cache.route.PoolView;
import dev.kvasir.cache.route.Route;
import dev.kvasir.cache.route.RouteFinder;
import dev.kvasir.cache.route.RouteMode;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.inference.BlockHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Routes of node a, whose cluster has other nodes or none. */
final class TestingRoutes implements RouteFinder {
  final List<String> answers = new ArrayList<>();
  volatile boolean othersAreThere = true;

  @Override
  public RouteMode mode() {
    return RouteMode.FORWARD;
  }

  @Override
  public String node() {
    return "a";
  }

  @Override
  public Optional<FoundRoute> find(CompletionRequest request) {
    return Optional.empty();
  }

  @Override
  public PoolView longest(String tenant, List<BlockHash> keys) {
    throw new UnsupportedOperationException("nobody asks for it here");
  }

  @Override
  public boolean hasNode(String name) {
    return othersAreThere;
  }

  @Override
  public void answered() {
    answers.add("answered");
  }

  @Override
  public void failed(Route route, String reason) {
    answers.add(reason);
  }
}

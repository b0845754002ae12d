package dev.kvasir.web.route;

import dev.kvasir.cache.route.PoolView;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * Which node's engine pool has the longest part of a prefix.
 *
 * @param node its name; absent if none has the first of the keys
 * @param blocks how many of the keys it has, from the first on
 * @param keys how many were asked for
 */
@JsonbPropertyOrder({"node", "blocks", "keys"})
public record RouteBody(@Nullable String node, int blocks, int keys) {
  static RouteBody of(PoolView longest, int keys) {
    return new RouteBody(longest.blocks() == 0 ? null : longest.node(), longest.blocks(), keys);
  }
}

package dev.kvasir.web.warm;

import dev.kvasir.cache.WarmUp;
import java.util.List;

/**
 * The last warm-ups of a node.
 *
 * @param warmUps oldest first
 */
public record WarmListBody(List<WarmBody> warmUps) {
  static WarmListBody of(List<WarmUp> warmUps) {
    return new WarmListBody(warmUps.stream().map(WarmBody::of).toList());
  }
}

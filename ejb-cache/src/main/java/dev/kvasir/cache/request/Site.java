package dev.kvasir.cache.request;

import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.queue.SlotQueue;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where requests run.
 *
 * @param node name of this node
 * @param ticker measures them, by the clock of their arrival
 * @param observer hears how long their steps take
 * @param ends are told of each when it ends, however that comes, after all else that is heard of it
 * @param queue in which they wait for decode slots
 */
public record Site(
    String node,
    Ticker ticker,
    RequestObserver observer,
    List<Consumer<FinishedRequest>> ends,
    SlotQueue queue) {
  public Site {
    ends = List.copyOf(ends);
  }
}

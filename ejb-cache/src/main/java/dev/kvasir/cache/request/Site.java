package dev.kvasir.cache.request;

import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.queue.SlotQueue;

/**
 * Where requests run.
 *
 * @param node name of this node
 * @param ticker measures them, by the clock of their arrival
 * @param observer hears how long their steps take
 * @param queue in which they wait for decode slots
 */
public record Site(String node, Ticker ticker, RequestObserver observer, SlotQueue queue) {}

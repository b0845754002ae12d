package dev.kvasir.cache.explain;

import dev.kvasir.cache.RequestSummary;
import dev.kvasir.cache.request.FinishedRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The last requests of a node, a ring: some 500 bytes each, 5 MB for {@link #CAPACITY} of them.
 * Safe for all threads.
 */
public final class RecentRequests implements Consumer<FinishedRequest> {
  /** Most requests. */
  public static final int CAPACITY = 10_000;

  /** The next one takes the place of the oldest. Guarded by this. */
  private final @Nullable RequestSummary[] ring;

  /** By id; of several with one id the last. Guarded by this. */
  private final Map<String, RequestSummary> byId = new HashMap<>();

  /** Guarded by this. */
  private int next;

  public RecentRequests() {
    this(CAPACITY);
  }

  RecentRequests(int capacity) {
    ring = new RequestSummary[capacity];
  }

  @Override
  public synchronized void accept(FinishedRequest request) {
    RequestSummary oldest = ring[next];
    if (oldest != null) {
      byId.remove(oldest.id(), oldest);
    }
    ring[next] = request.summary();
    byId.put(request.summary().id(), request.summary());
    next = (next + 1) % ring.length;
  }

  /** The last request with an id, if it is among these. */
  public synchronized Optional<RequestSummary> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }
}

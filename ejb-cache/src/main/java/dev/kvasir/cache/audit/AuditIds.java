package dev.kvasir.cache.audit;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Makes ids that sort by time, and by order of events within a millisecond of one node. */
final class AuditIds {
  private static final int SEQUENCE = 1_000_000;

  private final String node;
  private final AtomicLong sequence = new AtomicLong();

  AuditIds(String node) {
    this.node = node;
  }

  String next(Instant when) {
    return "%013d-%06d-%s"
        .formatted(when.toEpochMilli(), sequence.getAndIncrement() % SEQUENCE, node);
  }
}

package dev.kvasir.cache.disk;

import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.TierEvent;
import dev.kvasir.cache.stats.LogLimit;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What happened on this node's disk; trouble is also logged, at most once a minute each kind. */
final class DiskCounts {
  private static final Logger LOG = System.getLogger(DiskCounts.class.getName());

  private final Map<TierEvent, LongAdder> events = new EnumMap<>(TierEvent.class);
  private final LogLimit readLog;
  private final LogLimit writeLog;
  private final LogLimit corruptLog;

  DiskCounts(Ticker ticker) {
    readLog = new LogLimit(ticker);
    writeLog = new LogLimit(ticker);
    corruptLog = new LogLimit(ticker);
    for (TierEvent event : TierEvent.values()) {
      events.put(event, new LongAdder());
    }
  }

  void count(TierEvent event) {
    count(event, 1);
  }

  void count(TierEvent event, long blocks) {
    LongAdder adder = events.get(event);
    if (adder != null) {
      adder.add(blocks);
    }
  }

  void readFailed(Throwable cause) {
    count(TierEvent.FAILED);
    if (readLog.allows()) {
      LOG.log(
          Level.WARNING,
          "KVASIR4002: a block could not be read from the disk ({0}) and is computed instead",
          cause.toString());
    }
  }

  void writeFailed(Throwable cause) {
    count(TierEvent.FAILED);
    if (writeLog.allows()) {
      LOG.log(
          Level.WARNING,
          "KVASIR4003: the disk tier could not write or delete a block ({0}); requests go on"
              + " without it; see to room and rights below kvasir.data, or lower kvasir.disk.mib",
          cause.toString());
    }
  }

  void corrupt(Throwable cause) {
    count(TierEvent.CORRUPT);
    if (corruptLog.allows()) {
      LOG.log(
          Level.WARNING,
          "KVASIR4004: a file of the disk tier was not what had been written ({0}); it is deleted"
              + " and its block computed instead",
          cause.getMessage());
    }
  }

  /** A copy. */
  Map<TierEvent, Long> snapshot() {
    Map<TierEvent, Long> snapshot = new EnumMap<>(TierEvent.class);
    events.forEach((event, adder) -> snapshot.put(event, adder.sum()));
    return snapshot;
  }
}

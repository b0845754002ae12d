package dev.kvasir.cache.tenants;

import java.util.List;

/** Where a node keeps what is registered, so that it outlives all nodes. */
public interface RecordStore {
  /**
   * Returns when the calling thread may use it. A container lets threads other than the one that
   * starts an application wait until that has ended, so nobody may wait here with a lock.
   */
  default void awaitOpen() {}

  /** Everything. */
  List<Registered> load();

  /** Keeps a version, unless a higher one is kept; it is on disk when this returns. */
  void save(Registered record);
}

package dev.kvasir.cache.tenants;

import java.util.List;

/** Where a node keeps what is registered, so that it outlives all nodes. */
public interface RecordStore {
  /** Everything. */
  List<Registered> load();

  /** Keeps a version, unless a higher one is kept; it is on disk when this returns. */
  void save(Registered record);
}

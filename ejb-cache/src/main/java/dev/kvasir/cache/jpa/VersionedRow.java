package dev.kvasir.cache.jpa;

import dev.kvasir.cache.tenants.Registered;

/** The last version of a record in its table. */
interface VersionedRow<R extends Registered> {
  /** Becomes this version. */
  void take(R record);

  /** The version that it is. */
  long revision();
}

package dev.kvasir.cache.policy;

import java.util.Comparator;

/** One tenant's blocks in a {@link PrefixTree}: how much they take, and who of them leaves next. */
final class TenantBlocks {
  /** Who has most gives first: so nobody's blocks leave for those of one that has more. */
  static final Comparator<TenantBlocks> MOST_FIRST =
      Comparator.<TenantBlocks>comparingLong(tenant -> -tenant.bytes)
          .thenComparing(tenant -> tenant.name);

  final String name;

  @SuppressWarnings("NullAway.Init") // set by whoever makes this, as the policy asks for the size
  EvictionPolicy policy;

  int size;
  long bytes;

  TenantBlocks(String name) {
    this.name = name;
  }
}

package dev.kvasir.cache.tenants;

/**
 * Something that all nodes know, in its last version. What was deleted stays as a mark: else a node
 * that slept through it would bring it back.
 */
public sealed interface Registered permits Tenant, ApiKey, SharingGroup, SharedText {
  /** Names it among all that is registered. */
  String registryKey();

  /** Grows by one with each change; of two, the higher holds. */
  long version();

  /**
   * The version that marks what was deleted, or left, in this one: above all that members who have
   * not heard of it, in the other half of a split cluster, may count up to meanwhile.
   */
  static long deletionOf(long version) {
    return version + (1L << 40);
  }

  /** Whether it is only the mark of what was deleted. */
  boolean deleted();
}

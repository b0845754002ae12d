package dev.kvasir.cache.tenants;

import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is registered, as all nodes share it. Throws if the others cannot be reached. */
public interface SharedRecords {
  /** The shared version; null if there is none. */
  @Nullable Registered get(String registryKey);

  /** Everything. */
  Collection<Registered> all();

  /**
   * Puts a version in another one's place.
   *
   * @param expected the version that is there, null for none
   * @return false if another one is there, and nothing was done
   */
  boolean replace(@Nullable Registered expected, Registered next);

  /** Tells of every change, by whichever node; a change may go untold. */
  void onChange(Consumer<Registered> listener);

  /** Takes a tenant's blocks out of every tier of every node. */
  Removal.Dropped dropBlocks(String tenant);

  /** Takes out again what requests on their way brought in after their tenant was deleted. */
  void sweepBlocks(String tenant);
}

package dev.kvasir.cache.tenants;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tenants and their keys, the same on all nodes within a second. Safe for all threads; an EJB
 * business interface. What changes something returns when it is on this node's disk.
 *
 * <p>What cannot be done throws {@link TenantRefusedException}.
 */
public interface TenantDirectory {
  /** All tenants by id, {@link Tenant#DEFAULT} among them. */
  List<Tenant> tenants();

  /** Whether there is such a tenant. No remote call. */
  boolean exists(String id);

  /** Makes a tenant; an id that was deleted is not given again. */
  Tenant create(String id);

  /** Deletes a tenant, its keys at once, and its blocks from every tier. */
  Removal delete(String id);

  /** A tenant's keys, oldest first. */
  List<ApiKey> keys(String tenant);

  /**
   * Makes a key.
   *
   * @param expires null: never
   */
  NewKey createKey(Grant grant, @Nullable Instant expires);

  /** Makes a key nobody's, at once. */
  void deleteKey(String tenant, String keyId);

  /** Whose key this text is; empty if nobody's. No remote call. */
  Optional<ApiKey> authenticate(String text);
}

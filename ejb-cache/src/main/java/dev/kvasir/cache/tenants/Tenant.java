package dev.kvasir.cache.tenants;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Users who share cached blocks with each other, and with nobody else but those of tenants of the
 * same {@link SharingGroup}.
 *
 * @param id names it, and is what its blocks' salt is made of; never given twice
 * @param created when
 * @param version see {@link Registered}
 * @param deleted see {@link Registered}
 */
public record Tenant(String id, Instant created, long version, boolean deleted)
    implements Registered {
  /** The tenant that always exists; of callers without a key, where those are let in. */
  public static final String DEFAULT = "default";

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  /** Whether a text can be a tenant's id. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** Refuses a text that can be no id, of a tenant or of a group of them. */
  static void requireId(String text) {
    if (!isId(text)) {
      throw TenantRefusedException.invalid(
          "id",
          "id is \"%s\", but must be 1 to 63 small letters, digits, dots, dashes and underscores, the first a letter or digit"
              .formatted(text));
    }
  }

  static String registryKey(String id) {
    return "tenant:" + id;
  }

  @Override
  public String registryKey() {
    return registryKey(id);
  }

  Tenant asDeleted() {
    return new Tenant(id, created, Registered.deletionOf(version), true);
  }
}

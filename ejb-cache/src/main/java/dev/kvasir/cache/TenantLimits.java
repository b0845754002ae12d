package dev.kvasir.cache;

import org.jspecify.annotations.Nullable;

/**
 * What one tenant's blocks may take in the grid.
 *
 * @param quotaBytes of all its blocks on all members, without backups; 0: no bound of its own
 * @param lifetime of its blocks; null: that of all
 */
public record TenantLimits(long quotaBytes, @Nullable Lifetime lifetime) {
  /** Most tenants that can have limits. */
  public static final int MAX_TENANTS = 200;

  /** None. */
  public static final TenantLimits NONE = new TenantLimits(0, null);

  public TenantLimits {
    SettingRefusedException.unless(
        quotaBytes >= 0,
        "quota_bytes",
        "quota_bytes is %d, but must be at least 0 (none)".formatted(quotaBytes));
  }
}

package dev.kvasir.cache.policy;

import java.util.HashMap;
import java.util.Map;

/**
 * How many bytes each tenant may hold, what it holds, and what it was refused. Who is over its
 * quota is refused whatever room there is; nothing is dropped in silence. One thread at a time.
 */
public final class TenantQuotas {
  private final Map<String, Account> accounts = new HashMap<>();
  private long defaultQuotaBytes;

  /** One tenant's. */
  private static final class Account {
    private long quotaBytes = -1; // the default
    private long heldBytes;
    private long refusedBlocks;
    private long refusedBytes;
  }

  /**
   * What a tenant may hold, holds, and was refused since the start.
   *
   * @param quotaBytes most that it may hold
   */
  public record Usage(long quotaBytes, long heldBytes, long refusedBlocks, long refusedBytes) {}

  /** Quotas for tenants of which nothing else is said; {@code Long.MAX_VALUE} for none. */
  public TenantQuotas(long defaultQuotaBytes) {
    this.defaultQuotaBytes = requireQuota(defaultQuotaBytes);
  }

  /** Changes the quota of all tenants that have none of their own; what they hold stays. */
  public void setDefault(long quotaBytes) {
    defaultQuotaBytes = requireQuota(quotaBytes);
  }

  /** Gives a tenant a quota of its own; what it holds stays. */
  public void set(String tenant, long quotaBytes) {
    account(tenant).quotaBytes = requireQuota(quotaBytes);
  }

  /**
   * Takes so many bytes for a block of the tenant that comes in, unless they are too many; then
   * they count as refused and false is returned.
   */
  public boolean take(String tenant, long bytes) {
    Account account = account(tenant);
    if (bytes > quota(account) - account.heldBytes) {
      account.refusedBlocks++;
      account.refusedBytes += bytes;
      return false;
    }
    account.heldBytes += bytes;
    return true;
  }

  /** Gives back the bytes of a block that left. */
  public void giveBack(String tenant, long bytes) {
    Account account = account(tenant);
    if (bytes > account.heldBytes) {
      throw new IllegalArgumentException(
          "%s holds %d bytes, but %d were given back".formatted(tenant, account.heldBytes, bytes));
    }
    account.heldBytes -= bytes;
  }

  /** Whether the tenant holds more than it may, since its quota was lowered. */
  public boolean isOver(String tenant) {
    Account account = account(tenant);
    return account.heldBytes > quota(account);
  }

  /** Snapshot of one tenant's. */
  public Usage usage(String tenant) {
    Account account = account(tenant);
    return new Usage(
        quota(account), account.heldBytes, account.refusedBlocks, account.refusedBytes);
  }

  private long quota(Account account) {
    return account.quotaBytes < 0 ? defaultQuotaBytes : account.quotaBytes;
  }

  private Account account(String tenant) {
    return accounts.computeIfAbsent(tenant, name -> new Account());
  }

  private static long requireQuota(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a quota is %d, but must be 0 or more".formatted(bytes));
    }
    return bytes;
  }
}

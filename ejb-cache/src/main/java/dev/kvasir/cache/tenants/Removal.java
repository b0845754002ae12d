package dev.kvasir.cache.tenants;

/**
 * What went with a tenant.
 *
 * @param keys that were good until then
 * @param blocks that left the tiers
 */
public record Removal(int keys, Dropped blocks) {
  /**
   * Blocks that left, by tier, on all nodes that answered.
   *
   * @param grid the tenant's blocks in the grid, backups not counted
   * @param near the tenant's copies in near caches
   * @param pool blocks of the engines' pools without a holder; a pool does not know whose they are,
   *     so all of them went
   * @param disk the tenant's blocks on disks
   */
  public record Dropped(long grid, long near, long pool, long disk) {
    /** None. */
    public static final Dropped NONE = new Dropped(0, 0, 0, 0);

    /** These and others. */
    public Dropped plus(Dropped more) {
      return new Dropped(grid + more.grid, near + more.near, pool + more.pool, disk + more.disk);
    }
  }
}

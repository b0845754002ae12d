package dev.kvasir.web.tenants;

import dev.kvasir.cache.tenants.Removal;

/** What went with a tenant; the numbers mean what {@link Removal} says. */
public record RemovedBody(String tenant, int keys, Blocks blocks) {

  /** Blocks that left, by tier. */
  public record Blocks(long grid, long near, long pool, long disk) {
    /** The same, for the wire. */
    public static Blocks of(Removal.Dropped dropped) {
      return new Blocks(dropped.grid(), dropped.near(), dropped.pool(), dropped.disk());
    }
  }

  static RemovedBody of(String tenant, Removal removal) {
    return new RemovedBody(tenant, removal.keys(), Blocks.of(removal.blocks()));
  }
}

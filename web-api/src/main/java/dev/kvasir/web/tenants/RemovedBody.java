package dev.kvasir.web.tenants;

import dev.kvasir.cache.tenants.Removal;

/** What went with a tenant; the numbers mean what {@link Removal} says. */
public record RemovedBody(String tenant, int keys, Blocks blocks) {

  /** Blocks that left, by tier. */
  public record Blocks(long grid, long near, long pool, long disk) {}

  static RemovedBody of(String tenant, Removal removal) {
    Removal.Dropped dropped = removal.blocks();
    return new RemovedBody(
        tenant,
        removal.keys(),
        new Blocks(dropped.grid(), dropped.near(), dropped.pool(), dropped.disk()));
  }
}

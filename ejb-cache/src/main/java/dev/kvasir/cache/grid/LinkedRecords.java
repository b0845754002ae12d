package dev.kvasir.cache.grid;

import dev.kvasir.cache.tenants.Registered;
import dev.kvasir.cache.tenants.Removal;
import dev.kvasir.cache.tenants.SharedRecords;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is registered, as the grid has it once it is reached; before, nothing can be asked. */
record LinkedRecords(GridLink link) implements SharedRecords {
  private SharedRecords records() {
    return link.grid().records();
  }

  @Override
  public @Nullable Registered get(String registryKey) {
    return records().get(registryKey);
  }

  @Override
  public Collection<Registered> all() {
    return records().all();
  }

  @Override
  public boolean replace(@Nullable Registered expected, Registered next) {
    return records().replace(expected, next);
  }

  @Override
  public void onChange(Consumer<Registered> listener) {
    link.whenReached(grid -> grid.records().onChange(listener));
  }

  @Override
  public Removal.Dropped dropBlocks(String tenant) {
    return records().dropBlocks(tenant);
  }

  @Override
  public void sweepBlocks(String tenant) {
    records().sweepBlocks(tenant);
  }
}

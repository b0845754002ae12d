package dev.kvasir.cache.grid;

import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryMergedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import dev.kvasir.cache.tenants.Registered;
import dev.kvasir.cache.tenants.Removal;
import dev.kvasir.cache.tenants.SharedRecords;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is registered, in a small map of its own. Safe for all threads. */
final class GridRecords implements SharedRecords {
  private final IMap<String, Registered> records;
  private final TenantBlocks blocks;
  private final NodeDesk desk;

  GridRecords(IMap<String, Registered> records, TenantBlocks blocks, NodeDesk desk) {
    this.records = records;
    this.blocks = blocks;
    this.desk = desk;
  }

  @Override
  public @Nullable Registered get(String registryKey) {
    return GridException.reaching(() -> records.get(registryKey));
  }

  @Override
  public Collection<Registered> all() {
    return GridException.reaching(() -> List.copyOf(records.values()));
  }

  @Override
  public boolean replace(@Nullable Registered expected, Registered next) {
    return GridException.reaching(
        () ->
            expected == null
                ? records.putIfAbsent(next.registryKey(), next) == null
                : records.replace(next.registryKey(), expected, next));
  }

  @Override
  public void onChange(Consumer<Registered> listener) {
    records.addEntryListener(
        (EntryAddedListener<String, Registered>) event -> listener.accept(event.getValue()), true);
    records.addEntryListener(
        (EntryUpdatedListener<String, Registered>) event -> listener.accept(event.getValue()),
        true);
    records.addEntryListener(
        (EntryMergedListener<String, Registered>) event -> listener.accept(event.getValue()), true);
  }

  @Override
  public Removal.Dropped dropBlocks(String tenant) {
    return GridException.reaching(() -> blocks.drop(tenant));
  }

  @Override
  public void sweepBlocks(String tenant) {
    desk.forgetTenantOnce(tenant);
    if (blocks.isLeft(tenant)) {
      Removal.Dropped unused = dropBlocks(tenant);
    }
  }
}

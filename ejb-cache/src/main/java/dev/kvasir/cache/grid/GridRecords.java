package dev.kvasir.cache.grid;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is registered, in a small map of its own. Safe for all threads. */
final class GridRecords implements SharedRecords {
  private final IMap<String, Registered> records;
  private final TenantBlocks blocks;

  GridRecords(IMap<String, Registered> records, TenantBlocks blocks) {
    this.records = records;
    this.blocks = blocks;
  }

  @Override
  public @Nullable Registered get(String registryKey) {
    return reach(() -> records.get(registryKey));
  }

  @Override
  public Collection<Registered> all() {
    return reach(() -> List.copyOf(records.values()));
  }

  @Override
  public boolean replace(@Nullable Registered expected, Registered next) {
    return reach(
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
    return reach(() -> blocks.drop(tenant));
  }

  @Override
  public void sweepBlocks(String tenant) {
    if (blocks.isLeft(tenant)) {
      Removal.Dropped unused = dropBlocks(tenant);
    }
  }

  private static <T extends @Nullable Object> T reach(Supplier<T> action) {
    try {
      return action.get();
    } catch (HazelcastException | HazelcastInstanceNotActiveException e) {
      throw new GridException("the grid did not answer: " + e.getMessage(), e);
    }
  }
}

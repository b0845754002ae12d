package dev.kvasir.cache.ejb;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.disk.DiskRules;
import dev.kvasir.cache.disk.DiskTier;
import dev.kvasir.inference.BlockHash;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Where and how blocks lie on this node's disk.
 *
 * @param folder of their files
 * @param budgetBytes of these; 0 for none at all
 * @param eviction who leaves first
 * @param encrypt whether they are sealed
 */
record DiskConfig(Path folder, long budgetBytes, EvictionKind eviction, boolean encrypt) {
  /**
   * Reads its keys.
   *
   * @param folder of the files
   */
  static DiskConfig read(ConfigValues values, Path folder) {
    return new DiskConfig(
        folder,
        values.mebibytesOrNone("kvasir.disk.mib"),
        values.choice("kvasir.disk.eviction", EvictionKind.class),
        values.flag("kvasir.disk.encrypt"));
  }

  /**
   * Opens it; empty if there is to be none.
   *
   * @param secret of the cluster
   * @param settings in force
   * @param pins blocks that stay
   */
  Optional<DiskTier> open(
      String secret,
      Supplier<CacheSettings> settings,
      Supplier<Set<BlockHash>> pins,
      Executor executor) {
    return budgetBytes == 0
        ? Optional.empty()
        : Optional.of(
            DiskTier.open(
                folder,
                encrypt ? secret : null,
                new DiskRules(budgetBytes, eviction, tenant -> settings.get().lifetime(), pins),
                executor));
  }
}

package dev.kvasir.cache.disk;

import dev.kvasir.cache.BlockStore.Placement;
import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.TierEvent;
import dev.kvasir.cache.policy.TreeBlock;
import dev.kvasir.inference.BlockHash;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Finds again what lay on the disk when the last process ended. One thread. */
final class DiskScan {
  /*
   * Files name themselves and their heads say the rest, so there is no list that could be lost or
   * wrong. Heads are read the youngest first, and each block is found from then on. What has not
   * been looked at after five minutes is deleted: this is a cache, and its budget must hold.
   */
  private static final Logger LOG = System.getLogger(DiskScan.class.getName());
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);

  /** After which a file that nobody can read leaves: a release that could has had its chance. */
  private static final long FOREIGN_MAX_AGE_MILLIS = TimeUnit.DAYS.toMillis(7);

  private final FileStore files;
  private final BlockFile format;
  private final Ticker ticker;
  private final DiskIndex index;
  private final DiskCounts counts;

  DiskScan(DiskParts parts, DiskIndex index, DiskCounts counts) {
    this.files = parts.files();
    this.format = parts.format();
    this.ticker = parts.ticker();
    this.index = index;
    this.counts = counts;
  }

  /**
   * Looks at all files.
   *
   * @param stopped asked before each file
   * @throws IOException if the folder cannot be listed
   */
  void run(BooleanSupplier stopped) throws IOException {
    long startNanos = ticker.read();
    int generation = index.generation();
    List<FileStore.StoredFile> all = new ArrayList<>(files.list());
    all.sort(Comparator.comparingLong(FileStore.StoredFile::ageMillis));
    int given = 0;
    for (FileStore.StoredFile file : all) {
      if (stopped.getAsBoolean()) {
        return;
      }
      if (ticker.read() - startNanos > LONGEST_NANOS) {
        delete(file);
        given++;
      } else {
        look(file, generation);
      }
    }
    LOG.log(
        given > 0 ? Level.WARNING : Level.INFO,
        "KVASIR4005: the disk tier found {0} blocks again and gave up {1} files for want of time",
        index.size(),
        given);
  }

  private void look(FileStore.StoredFile file, int generation) {
    BlockHash hash = hashOf(file.name());
    if (hash == null) {
      delete(file); // the folder is ours: nothing else belongs there
      return;
    }
    if (index.contains(hash)) {
      return; // written meanwhile
    }
    try {
      BlockFile.Parsed parsed =
          format.parse(files.head(file.name(), BlockFile.HEAD_BYTES), file.bytes(), hash);
      if (parsed instanceof BlockFile.Parsed.Sound sound) {
        found(file, sound.header().placement(), generation);
      } else if (parsed instanceof BlockFile.Parsed.Foreign
          && file.ageMillis() < FOREIGN_MAX_AGE_MILLIS) {
        counts.count(TierEvent.FOREIGN);
        index.addForeign(file);
      } else {
        counts.count(
            parsed instanceof BlockFile.Parsed.Damaged ? TierEvent.CORRUPT : TierEvent.FOREIGN);
        delete(file);
      }
    } catch (IOException e) {
      counts.readFailed(e);
    }
  }

  private void found(FileStore.StoredFile file, Placement placement, int generation) {
    TreeBlock block = DiskTier.treeBlock(placement, Math.toIntExact(file.bytes()));
    if (index.add(block, file.ageMillis(), generation)) {
      counts.count(TierEvent.FOUND);
    } else {
      delete(file);
    }
  }

  private void delete(FileStore.StoredFile file) {
    try {
      files.delete(file.name());
    } catch (IOException e) {
      counts.writeFailed(e);
    }
  }

  private static @Nullable BlockHash hashOf(String name) {
    try {
      BlockHash hash = BlockHash.parse(name);
      return hash.toString().equals(name) ? hash : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}

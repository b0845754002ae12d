package dev.kvasir.cache.grid;

import dev.kvasir.inference.BlockHash;
import java.util.concurrent.Callable;

/** Asks a member for a block of its disk; runs there. */
final class ReadDisk extends MemberTask implements Callable<DiskAnswer> {
  private final BlockHash hash;
  private final int deadlineMillis;

  ReadDisk(BlockHash hash, int deadlineMillis) {
    this.hash = hash;
    this.deadlineMillis = deadlineMillis;
  }

  BlockHash hash() {
    return hash;
  }

  int deadlineMillis() {
    return deadlineMillis;
  }

  @Override
  public DiskAnswer call() {
    return desk().disk().readHere(hash, deadlineMillis);
  }
}

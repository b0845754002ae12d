package dev.kvasir.cache.grid;

import dev.kvasir.inference.BlockHash;
import java.util.concurrent.Callable;

/** Tells a node to take a block off its disk, as it failed its checks; runs there. */
final class DropFromDisk extends MemberTask implements Callable<Boolean> {
  private final BlockHash hash;

  DropFromDisk(BlockHash hash) {
    this.hash = hash;
  }

  BlockHash hash() {
    return hash;
  }

  @Override
  public Boolean call() {
    desk().disk().removeHere(hash);
    return true;
  }
}

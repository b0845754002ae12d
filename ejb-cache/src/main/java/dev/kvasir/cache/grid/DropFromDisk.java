package dev.kvasir.cache.grid;

import dev.kvasir.inference.BlockHash;

/** Tells a member to take a block off its disk, as it failed its checks; runs there. */
final class DropFromDisk extends MemberTask implements Runnable {
  private final BlockHash hash;

  DropFromDisk(BlockHash hash) {
    this.hash = hash;
  }

  BlockHash hash() {
    return hash;
  }

  @Override
  public void run() {
    desk().disk().removeHere(hash);
  }
}

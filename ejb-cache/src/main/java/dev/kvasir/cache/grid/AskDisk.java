package dev.kvasir.cache.grid;

import java.util.concurrent.Callable;

/** Asks a member what lies on its disk, unless that is what the asker knows; runs there. */
final class AskDisk extends MemberTask implements Callable<DiskNews> {
  private final DiskDirectory.Summary known;

  AskDisk(DiskDirectory.Summary known) {
    this.known = known;
  }

  DiskDirectory.Summary known() {
    return known;
  }

  @Override
  public DiskNews call() {
    return desk().disk().newsFor(known);
  }
}

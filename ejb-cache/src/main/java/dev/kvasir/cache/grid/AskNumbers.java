package dev.kvasir.cache.grid;

import java.util.concurrent.Callable;

/** Asks a node for its numbers; runs there. */
final class AskNumbers extends MemberTask implements Callable<MemberNumbers> {
  @Override
  public MemberNumbers call() {
    return desk().numbers();
  }
}

package dev.kvasir.cache.grid;

import java.io.Serializable;
import java.util.concurrent.Callable;

/** Asks a member for its numbers; runs there. */
final class AskNumbers extends MemberTask implements Callable<MemberNumbers>, Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public MemberNumbers call() {
    return grid().numbers();
  }
}

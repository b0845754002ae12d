package dev.kvasir.cache.grid;

import java.io.Serializable;
import java.util.concurrent.Callable;

/** Tells a member that everything was cleared: replica, near cache, and whoever listens there. */
final class ForgetAll extends MemberTask implements Callable<Boolean>, Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public Boolean call() {
    grid().forgetAll();
    return true;
  }
}

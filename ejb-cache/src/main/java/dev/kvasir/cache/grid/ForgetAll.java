package dev.kvasir.cache.grid;

import java.util.concurrent.Callable;

/** Tells a member that everything was cleared: replica, near cache, and whoever listens there. */
final class ForgetAll extends MemberTask implements Callable<Boolean> {
  @Override
  public Boolean call() {
    desk().forgetAll();
    return true;
  }
}

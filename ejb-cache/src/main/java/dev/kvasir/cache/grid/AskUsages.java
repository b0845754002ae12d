package dev.kvasir.cache.grid;

import java.util.concurrent.Callable;

/** Asks a member what it knows of the use of blocks; runs there. */
final class AskUsages extends MemberTask implements Callable<Usages> {
  @Override
  public Usages call() {
    return desk().usages();
  }
}

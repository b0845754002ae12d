package dev.kvasir.console.members;

import dev.kvasir.cache.DrainState;
import dev.kvasir.cache.NodeDrain;

/** Node a with two requests; can be made to fail. */
final class TestingDrain implements NodeDrain {
  boolean fails;
  private boolean draining;

  @Override
  public DrainState state() {
    return new DrainState("a", draining, 2, 0);
  }

  @Override
  public DrainState begin() {
    return set(true);
  }

  @Override
  public DrainState end() {
    return set(false);
  }

  private DrainState set(boolean now) {
    if (fails) {
      throw new IllegalStateException("the node is stopping");
    }
    draining = now;
    return state();
  }
}

package dev.kvasir.cache.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import org.jspecify.annotations.Nullable;

/** Something that one member asks another to do, with access to the grid there. */
abstract class MemberTask implements HazelcastInstanceAware {
  private static final String GRID = "kvasir.grid";

  private transient @Nullable HazelcastInstance hazelcast;

  /** Makes a grid reachable for tasks that come to its member. */
  static void serve(HazelcastInstance hazelcast, Grid grid) {
    hazelcast.getUserContext().put(GRID, grid);
  }

  @Override
  public final void setHazelcastInstance(HazelcastInstance hazelcastInstance) {
    hazelcast = hazelcastInstance;
  }

  /** The grid of the member where this runs. */
  final Grid grid() {
    Grid grid = gridIfStarted();
    if (grid == null) {
      throw new GridException("the member is still starting; ask again");
    }
    return grid;
  }

  /** The same; null while that member is still starting. */
  final @Nullable Grid gridIfStarted() {
    HazelcastInstance here = hazelcast;
    return here != null && here.getUserContext().get(GRID) instanceof Grid grid ? grid : null;
  }
}

package dev.kvasir.cache.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import org.jspecify.annotations.Nullable;

/** Something that one node asks another to do, with access to its desk. */
abstract class MemberTask implements HazelcastInstanceAware {
  private static final String DESK = "kvasir.desk";

  private transient @Nullable HazelcastInstance hazelcast;

  /** Says who does what the tasks that come to this member ask. */
  static void serve(HazelcastInstance hazelcast, NodeDesk desk) {
    hazelcast.getUserContext().put(DESK, desk);
  }

  @Override
  public final void setHazelcastInstance(HazelcastInstance hazelcastInstance) {
    hazelcast = hazelcastInstance;
  }

  /** That of the member where this runs. */
  final NodeDesk desk() {
    NodeDesk desk = deskIfOpen();
    if (desk == null) {
      throw new GridException("the member is still starting; ask again");
    }
    return desk;
  }

  /** The same; null while that member is still starting. */
  final @Nullable NodeDesk deskIfOpen() {
    HazelcastInstance here = hazelcast;
    return here != null && here.getUserContext().get(DESK) instanceof NodeDesk desk ? desk : null;
  }
}

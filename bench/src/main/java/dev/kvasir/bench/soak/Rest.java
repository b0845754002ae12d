package dev.kvasir.bench.soak;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What nodes hold when nobody asks them anything.
 *
 * @param members that both see
 * @param heldBlocks of the engines' pools that sequences hold
 * @param waitingBlocks on their way into the grid, or to be computed for it
 * @param blockCounts of the grid: the sum over its owners, and what each node's index says
 */
record Rest(int members, long heldBlocks, long waitingBlocks, List<Long> blockCounts) {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  Rest {
    blockCounts = List.copyOf(blockCounts);
  }

  /** Nothing is held or under way, and all agree on what the grid has. */
  boolean isCalm() {
    return members == 2
        && heldBlocks == 0
        && waitingBlocks == 0
        && blockCounts.stream().distinct().count() == 1;
  }

  /** Waits until two nodes are calm; what was seen last, calm or not. */
  static Rest await(NodeProcess a, NodeProcess b) throws IOException {
    long begin = System.nanoTime();
    Rest rest = of(a, b);
    while (!rest.isCalm() && System.nanoTime() - begin < PATIENCE_NANOS) {
      LockSupport.parkNanos(TICK_NANOS);
      rest = of(a, b);
    }
    return rest;
  }

  private static Rest of(NodeProcess a, NodeProcess b) throws IOException {
    JsonObject cluster = a.client().administer("GET", "/api/cluster", "");
    long owned = 0;
    for (JsonElement member : cluster.getAsJsonArray("members")) {
      owned += member.getAsJsonObject().get("owned_blocks").getAsLong();
    }
    JsonObject statsA = a.client().administer("GET", "/api/cache/stats", "");
    JsonObject statsB = b.client().administer("GET", "/api/cache/stats", "");
    return new Rest(
        cluster.get("safe").getAsBoolean() ? cluster.getAsJsonArray("members").size() : 0,
        number(statsA, "pool", "used_blocks") + number(statsB, "pool", "used_blocks"),
        waiting(statsA) + waiting(statsB),
        List.of(owned, number(statsA, "grid", "blocks"), number(statsB, "grid", "blocks")));
  }

  private static long waiting(JsonObject stats) {
    return number(stats, "publish", "queued")
        + number(stats.getAsJsonObject("engine"), "idle", "waiting_blocks");
  }

  private static long number(JsonObject stats, String part, String name) {
    return stats.getAsJsonObject(part).get(name).getAsLong();
  }
}

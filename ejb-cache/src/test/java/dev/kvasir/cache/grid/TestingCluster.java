package dev.kvasir.cache.grid;

import dev.kvasir.inference.BlockHash;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/** Members that joined each other and share out the partitions. */
final class TestingCluster implements AutoCloseable {
  private final ScheduledExecutorService scheduler = TestingGrid.scheduler();
  private final List<Grid> members = new ArrayList<>();
  private final int firstPort = TestingGrid.freePort();

  /** Starts members {@code a}, {@code b}, ... and waits until each owns its share. */
  static TestingCluster of(int size) {
    TestingCluster cluster = new TestingCluster();
    for (int i = 0; i < size; i++) {
      String name = String.valueOf((char) ('a' + i));
      cluster.members.add(
          Grid.start(
              i == 0
                  ? TestingGrid.config(name, cluster.firstPort, List.of())
                  : TestingGrid.config(
                      name, TestingGrid.freePort(), List.of("127.0.0.1:" + cluster.firstPort)),
              cluster.scheduler));
    }
    cluster.awaitShares();
    return cluster;
  }

  /** Ends all periodic work: from now on members do only what an event makes them do. */
  void endUpkeep() {
    scheduler.shutdownNow();
  }

  /** Of a client of the members. */
  GridConfig clientConfig(String node) {
    return TestingGrid.clientConfig(node, firstPort);
  }

  Grid member(int index) {
    return members.get(index);
  }

  /** Waits until all members know all of these. */
  void awaitKnown(List<BlockHash> hashes) {
    Await.until(
        "all know " + hashes.size() + " blocks",
        () -> members.stream().allMatch(grid -> grid.countLeading(hashes) == hashes.size()));
  }

  private void awaitShares() {
    List<BlockHash> some = TestingBlocks.chain(7, 100, 0).hashes();
    Await.until(
        "partitions are shared out",
        () ->
            members.stream().allMatch(grid -> some.stream().anyMatch(grid::owns))
                && some.stream()
                    .allMatch(hash -> members.stream().filter(g -> g.owns(hash)).count() == 1)
                && member(0).admin().cluster().safe());
  }

  @Override
  public void close() {
    for (int i = members.size() - 1; i >= 0; i--) {
      members.get(i).close();
    }
    scheduler.shutdownNow();
  }
}

package dev.kvasir.cache.grid;

import dev.kvasir.cache.policy.BlockUsage;
import dev.kvasir.cache.policy.TreeBlock;
import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes blocks out of the grid, wherever they lie, because somebody says so. */
public final class BranchRemoval {
  private static final int FORGET_TIMEOUT_MILLIS = 5_000;

  private final IndexReplica replica;
  private final BlockExit exit;
  private final Consumer<TreeBlock> demotion;
  private final NodeCalls nodes;

  /**
   * @param demotion may keep a block elsewhere, just before it leaves for room
   * @param nodes that have copies of their own
   */
  BranchRemoval(
      GridMaps maps, IndexReplica replica, Consumer<TreeBlock> demotion, NodeCalls nodes) {
    this.replica = replica;
    this.demotion = demotion;
    exit = new BlockExit(maps.blocks(), maps.index());
    this.nodes = nodes;
  }

  /**
   * As if there were no room: the disk keeps them. Pinned blocks stay.
   *
   * @param hashes so that none comes after one that it continues
   * @return how many left
   * @throws GridException if the grid cannot be reached; those before the failure have left
   */
  public int evict(List<BlockHash> hashes) {
    return takeOut(
        hashes,
        block -> {
          demotion.accept(block);
          exit.evict(block.hash());
        });
  }

  /**
   * As if their time were over, and out of the near caches, disks and pools of all nodes that
   * answer, too. Pinned blocks stay in the grid.
   *
   * @param tenant whose they are
   * @param hashes as for {@link #evict}
   * @return how many left the grid
   * @throws GridException if the grid cannot be reached; those before the failure have left it
   */
  public int expire(String tenant, List<BlockHash> hashes) {
    int gone = takeOut(hashes, exit::expire);
    List<DroppedHere> unused =
        nodes.askAll(new ForgetBlocks(tenant, hashes), FORGET_TIMEOUT_MILLIS);
    return gone;
  }

  private int takeOut(List<BlockHash> hashes, Consumer<TreeBlock> way) {
    return GridException.reaching(
        () -> {
          int gone = 0;
          for (BlockHash hash : hashes) {
            Optional<BlockUsage> known = replica.find(hash);
            if (known.isPresent() && !known.get().pinned()) {
              takeOut(known.get().block(), way);
              gone++;
            }
          }
          return gone;
        });
  }

  /** Out, or known as before if that fails. */
  private void takeOut(TreeBlock block, Consumer<TreeBlock> way) {
    boolean gone = false;
    replica.leave(block.hash());
    try {
      way.accept(block);
      gone = true;
    } finally {
      if (gone) {
        replica.left(block.hash());
      } else {
        replica.stay(block);
      }
    }
  }
}

package dev.kvasir.cache.grid;

import dev.kvasir.inference.BlockHash;
import java.util.List;
import java.util.concurrent.Callable;

/** Tells a member to forget its copies of some blocks of a tenant; runs there. */
final class ForgetBlocks extends MemberTask implements Callable<DroppedHere> {
  private final String tenant;
  private final List<BlockHash> hashes;

  ForgetBlocks(String tenant, List<BlockHash> hashes) {
    this.tenant = tenant;
    this.hashes = hashes;
  }

  String tenant() {
    return tenant;
  }

  List<BlockHash> hashes() {
    return hashes;
  }

  @Override
  public DroppedHere call() {
    return desk().forgetBlocks(tenant, hashes);
  }
}

package dev.kvasir.cache.ejb;

import dev.kvasir.cache.BlockInfo;
import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.browse.CachedBlocks;
import dev.kvasir.cache.browse.Leaving;
import dev.kvasir.cache.browse.PromptText;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.Model;
import java.util.List;

/** The blocks of this node's engine and grid. */
final class NodeBlocks implements CachedBlocks {
  private final CacheCoordinator coordinator;

  NodeBlocks(CacheCoordinator coordinator) {
    this.coordinator = coordinator;
  }

  @Override
  public List<BlockInfo> all() {
    return coordinator.grid().admin().blocks("", Integer.MAX_VALUE);
  }

  @Override
  public int countInGrid(List<BlockHash> prefix) {
    return coordinator.link().countLeading(prefix);
  }

  @Override
  public int countInPool(List<BlockHash> prefix) {
    return coordinator.model().countLeadingBlocks(prefix);
  }

  @Override
  public boolean isOnDisk(BlockHash hash) {
    return coordinator.link().disk().contains(hash);
  }

  @Override
  public Prefix prefixOf(PromptText text) {
    Model model = coordinator.model();
    return coordinator
        .node()
        .names()
        .of(
            model.info().layout(),
            text.tenant(),
            model.tokenize(text.rendered(model::applyChatTemplate), false));
  }

  @Override
  public int remove(String tenant, List<BlockHash> hashes, Leaving how) {
    return switch (how) {
      case EVICT -> coordinator.grid().branches().evict(hashes);
      case EXPIRE -> coordinator.grid().branches().expire(tenant, hashes);
    };
  }
}

package dev.kvasir.web.cache;

import dev.kvasir.cache.BlockInfo;
import dev.kvasir.inference.BlockHash;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cached blocks, by hash; they mean what {@link BlockInfo} says.
 *
 * @param next cursor of the page that follows, empty for the last
 */
@JsonbPropertyOrder({"blocks", "next"})
public record BlocksBody(List<Block> blocks, String next) {

  /** One of them; the parent is null for the first block of a prefix. */
  @JsonbNillable
  @JsonbPropertyOrder({
    "hash",
    "parent",
    "depth",
    "bytes",
    "tenant",
    "owner",
    "hits",
    "ageSeconds",
    "idleSeconds",
    "cachedChildren",
    "pinned"
  })
  public record Block(
      String hash,
      @Nullable String parent,
      int depth,
      int bytes,
      String tenant,
      String owner,
      long hits,
      double ageSeconds,
      double idleSeconds,
      int cachedChildren,
      boolean pinned) {}

  /**
   * A page.
   *
   * @param limit as many as it may have: one with fewer is the last
   */
  static BlocksBody of(List<BlockInfo> blocks, int limit) {
    boolean last = blocks.size() < limit;
    return new BlocksBody(
        blocks.stream().map(BlocksBody::block).toList(),
        last ? "" : blocks.get(blocks.size() - 1).hash().toString());
  }

  static Block block(BlockInfo block) {
    BlockHash parent = block.parent();
    return new Block(
        block.hash().toString(),
        parent == null ? null : parent.toString(),
        block.depth(),
        block.bytes(),
        block.tenant(),
        block.owner(),
        block.hits(),
        block.ageSeconds(),
        block.idleSeconds(),
        block.cachedChildren(),
        block.pinned());
  }
}

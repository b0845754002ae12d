package dev.kvasir.cache.disk;

import dev.kvasir.cache.BlockStore.Placement;
import dev.kvasir.inference.BlockHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a stored block stands, as its file's head tells it.
 *
 * @param placement of the block
 * @param bodyBytes of the file behind its head
 */
record BlockHeader(Placement placement, int bodyBytes) {
  private static final int MAX_TENANT_BYTES = 512;

  /** Length of {@link #meta}. */
  static final int META_BYTES =
      1 + BlockHash.BYTES + Integer.BYTES + Short.BYTES + MAX_TENANT_BYTES;

  /** Whether a block's head has room for its tenant's name. */
  static boolean fits(Placement placement) {
    return placement.tenant().getBytes(StandardCharsets.UTF_8).length <= MAX_TENANT_BYTES;
  }

  /** Parent, depth and tenant as bytes of fixed length; for what {@link #fits}. */
  static byte[] meta(Placement placement) {
    ByteBuffer out = ByteBuffer.allocate(META_BYTES);
    BlockHash parent = placement.parent();
    out.put((byte) (parent == null ? 0 : 1));
    out.put(parent == null ? new byte[BlockHash.BYTES] : parent.toBytes());
    out.putInt(placement.depth());
    byte[] tenant = placement.tenant().getBytes(StandardCharsets.UTF_8);
    out.putShort((short) tenant.length).put(tenant);
    return out.array();
  }

  /** What {@link #meta} made, of bytes that are known to be unchanged. */
  static BlockHeader of(BlockHash hash, byte[] meta, int bodyBytes) {
    ByteBuffer in = ByteBuffer.wrap(meta);
    boolean hasParent = in.get() != 0;
    byte[] parentBytes = new byte[BlockHash.BYTES];
    in.get(parentBytes);
    @Nullable BlockHash parent = hasParent ? BlockHash.of(parentBytes) : null;
    int depth = in.getInt();
    byte[] tenant = new byte[Math.min(MAX_TENANT_BYTES, Short.toUnsignedInt(in.getShort()))];
    in.get(tenant);
    return new BlockHeader(
        new Placement(hash, parent, depth, new String(tenant, StandardCharsets.UTF_8)), bodyBytes);
  }
}

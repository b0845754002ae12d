package dev.kvasir.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KvBlockTest {
  private static final KvLayout LAYOUT = layout(1);
  private static final TokenIds TOKENS = TokenIds.of(IntStream.range(0, 4).toArray());
  private static final byte[] PAYLOAD = new byte[LAYOUT.payloadBytes()];

  static {
    new Random(1).nextBytes(PAYLOAD);
  }

  /** 2 layers of 3 heads of 8 numbers, blocks of 4 tokens. */
  private static KvLayout layout(int fingerprint) {
    Fingerprint digest = new Fingerprint(new BlockHash(fingerprint, 2, 3, 4));
    return new KvLayout(List.of(0, 1), 3, 8, 4, KvType.BF16, digest);
  }

  private static KvBlock block() {
    return KvBlock.of(LAYOUT, 7, TOKENS, ByteBuffer.wrap(PAYLOAD));
  }

  @Test
  void layout_sizes_countEveryLayerHeadAndNumber() {
    assertEquals(2 * 2 * 3 * 8 * 2, LAYOUT.tokenBytes());
    assertEquals(4 * LAYOUT.tokenBytes(), LAYOUT.payloadBytes());
    assertEquals(64 + 16 + LAYOUT.payloadBytes(), LAYOUT.blockBytes());
  }

  @Test
  void findFault_wholeBlock_none() {
    KvBlock stored = KvBlock.wrap(block().bytes().clone());
    assertEquals(Optional.empty(), stored.findFault(LAYOUT, 7, TOKENS));
    byte[] payload = new byte[PAYLOAD.length];
    stored.payload(LAYOUT).get(payload);
    assertArrayEquals(PAYLOAD, payload);
  }

  @Test
  void findFault_anyByteFlipped_refused() {
    byte[] good = block().bytes();
    for (int at = 0; at < good.length; at++) {
      byte[] bad = good.clone();
      bad[at] ^= 0x10;
      Optional<BlockFault> fault = KvBlock.wrap(bad).findFault(LAYOUT, 7, TOKENS);
      assertEquals(true, fault.isPresent(), "byte " + at);
    }
  }

  @Test
  void findFault_eachKind_namedAsSuch() {
    byte[] good = block().bytes();
    assertEquals(fault(BlockFault.FORMAT), KvBlock.wrap(new byte[0]).findFault(LAYOUT, 7, TOKENS));
    assertEquals(fault(BlockFault.FINGERPRINT), block().findFault(layout(2), 7, TOKENS));
    assertEquals(fault(BlockFault.SHAPE), block().findFault(LAYOUT, 8, TOKENS));
    assertEquals(
        fault(BlockFault.SHAPE),
        KvBlock.wrap(Arrays.copyOf(good, good.length - 1)).findFault(LAYOUT, 7, TOKENS));
    assertEquals(fault(BlockFault.TOKENS), block().findFault(LAYOUT, 7, TokenIds.of(0, 1, 2, 9)));
    byte[] bad = good.clone();
    bad[good.length - 1] ^= 1;
    assertEquals(fault(BlockFault.CHECKSUM), KvBlock.wrap(bad).findFault(LAYOUT, 7, TOKENS));
  }

  private static Optional<BlockFault> fault(BlockFault fault) {
    return Optional.of(fault);
  }

  @Test
  void of_wrongLengths_refusedWithNumbers() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> KvBlock.of(LAYOUT, 0, TokenIds.of(1), ByteBuffer.wrap(PAYLOAD)));
    assertEquals(
        "a block has 4 tokens and 768 payload bytes, but 1 and 768 were given",
        refused.getMessage());
  }

  @Test
  void blockHash_text_readsBack() {
    BlockHash hash = new BlockHash(0x0123456789abcdefL, -1, 0, 42);
    assertEquals(hash, BlockHash.parse(hash.toString()));
    assertEquals(hash, BlockHash.of(hash.toBytes()));
    assertEquals(64, hash.toString().length());
  }
}

package dev.kvasir.cache.oracle;

import static dev.kvasir.cache.oracle.OracleCluster.BLOCK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.completion.CacheReport;
import dev.kvasir.completion.MissReason;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.Fingerprint;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.KvLayout;
import dev.kvasir.inference.KvType;
import dev.kvasir.inference.TokenIds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A block comes that is not the one that was asked for: it is refused, what stands before it is
 * taken, the answer is that without a cache, and a sound block takes the place of the bad one.
 */
class BadBlocksTest {
  private static final int BLOCKS = 4;
  private static final int VERSION_OFFSET = 4;
  private static final int INDEX_OFFSET = 40;
  private static final int CHECKSUM_OFFSET = 56;
  private static final int MOST_REQUESTS = 200;
  private static final int ROUNDS = Integer.getInteger("kvasir.oracle.rounds", 1);

  @TempDir Path folder;
  private final long seed = Long.getLong("kvasir.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void answer_anotherBlockComes_sameBitsAndSoundOneIsStored() throws Exception {
    try (OracleCluster cluster = new OracleCluster(1, folder, random)) {
      OracleNode node = cluster.node(0);
      for (int round = 0; round < ROUNDS; round++) {
        for (var fault : faults(node.layout()).entrySet()) {
          int[] prompt = cluster.given(node, BLOCKS, node);
          int bad = random.nextInt(BLOCKS);
          node.clearPool();
          node.store.changeOnRead(node.prefix(prompt).hashes().get(bad), fault.getValue());
          String what = "%s at block %d, seed %d".formatted(fault.getKey(), bad, seed);

          CacheReport report = cluster.sameBits(node, prompt, what);
          assertEquals(MissReason.CORRUPT, report.missReason(), what);
          assertEquals(bad * BLOCK, report.cachedTokens(), what);

          publishSound(cluster, prompt, what);
          node.clearPool();
          assertEquals(BLOCKS * BLOCK, cluster.sameBits(node, prompt, what).cachedTokens(), what);
        }
      }
    }
  }

  /** While a bad block is being deleted none is stored in its place: the next request offers it. */
  private static void publishSound(OracleCluster cluster, int[] prompt, String what)
      throws InterruptedException {
    OracleNode node = cluster.node(0);
    node.finishPublishing();
    for (int again = 0; node.knownBlocks(node.prefix(prompt)) < BLOCKS; again++) {
      assertTrue(again < MOST_REQUESTS, "a sound one is stored, " + what);
      CacheReport unused = cluster.sameBits(node, prompt, what);
      node.finishPublishing();
    }
  }

  private Map<String, UnaryOperator<KvBlock>> faults(KvLayout layout) {
    Map<String, UnaryOperator<KvBlock>> faults = new LinkedHashMap<>();
    faults.put("a changed byte", block -> changed(block, random.nextInt(block.sizeBytes())));
    faults.put("a changed head", block -> changed(block, random.nextInt(KvBlock.HEADER_BYTES)));
    faults.put("cut off", block -> resized(block, random.nextInt(block.sizeBytes())));
    faults.put("cut off behind the head", block -> resized(block, KvBlock.HEADER_BYTES));
    faults.put("empty", block -> resized(block, 0));
    faults.put("too long", block -> resized(block, block.sizeBytes() + 1));
    faults.put("of a newer release", BadBlocksTest::ofNewerRelease);
    faults.put("of another model", block -> remade(block, ofAnotherModel(layout), layout));
    faults.put("of other numbers", block -> remade(block, ofOtherNumbers(layout), layout));
    faults.put("of other tokens", block -> forged(block, layout));
    faults.put("of another place", block -> elsewhere(block, layout));
    return faults;
  }

  private KvBlock changed(KvBlock block, int at) {
    byte[] bytes = block.bytes().clone();
    bytes[at] ^= (byte) (1 + random.nextInt(255));
    return KvBlock.wrap(bytes);
  }

  /** Valid but for a version that this release does not know. */
  private static KvBlock ofNewerRelease(KvBlock block) {
    ByteBuffer bytes = ByteBuffer.wrap(block.bytes().clone()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(VERSION_OFFSET, bytes.getInt(VERSION_OFFSET) + 1);
    CRC32C sum = new CRC32C();
    sum.update(bytes.array(), 0, CHECKSUM_OFFSET);
    sum.update(bytes.array(), KvBlock.HEADER_BYTES, bytes.capacity() - KvBlock.HEADER_BYTES);
    bytes.putLong(CHECKSUM_OFFSET, sum.getValue());
    return KvBlock.wrap(bytes.array());
  }

  private static KvBlock resized(KvBlock block, int length) {
    return KvBlock.wrap(Arrays.copyOf(block.bytes(), length));
  }

  /** The same shape of another checkpoint. */
  private static KvLayout ofAnotherModel(KvLayout layout) {
    return new KvLayout(
        layout.ownerLayers(),
        layout.kvHeads(),
        layout.headSize(),
        layout.blockSize(),
        layout.type(),
        new Fingerprint(new BlockHash(1, 2, 3, 4)));
  }

  /** As if the fingerprint did not tell number formats apart. */
  private static KvLayout ofOtherNumbers(KvLayout layout) {
    return new KvLayout(
        layout.ownerLayers(),
        layout.kvHeads(),
        layout.headSize(),
        layout.blockSize(),
        layout.type() == KvType.F32 ? KvType.BF16 : KvType.F32,
        layout.fingerprint());
  }

  /** Of the same tokens and place, valid in another layout. */
  private KvBlock remade(KvBlock block, KvLayout other, KvLayout layout) {
    return KvBlock.of(other, index(block), tokens(block, layout), payload(other));
  }

  /** Valid in all but its tokens, as if two texts had one name. */
  private KvBlock forged(KvBlock block, KvLayout layout) {
    int[] tokens = tokens(block, layout).toArray();
    tokens[random.nextInt(tokens.length)]++;
    return KvBlock.of(layout, index(block), TokenIds.of(tokens), payload(layout));
  }

  private KvBlock elsewhere(KvBlock block, KvLayout layout) {
    return KvBlock.of(layout, index(block) + 1, tokens(block, layout), payload(layout));
  }

  private ByteBuffer payload(KvLayout layout) {
    byte[] payload = new byte[layout.payloadBytes()];
    random.nextBytes(payload);
    return ByteBuffer.wrap(payload);
  }

  private static int index(KvBlock block) {
    return little(block).getInt(INDEX_OFFSET);
  }

  private static TokenIds tokens(KvBlock block, KvLayout layout) {
    int[] tokens = new int[layout.blockSize()];
    little(block).position(KvBlock.HEADER_BYTES).asIntBuffer().get(tokens);
    return TokenIds.of(tokens);
  }

  private static ByteBuffer little(KvBlock block) {
    return ByteBuffer.wrap(block.bytes()).order(ByteOrder.LITTLE_ENDIAN);
  }
}

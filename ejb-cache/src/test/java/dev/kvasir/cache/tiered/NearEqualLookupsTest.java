package dev.kvasir.cache.tiered;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.BlockStore.Placement;
import dev.kvasir.cache.Lookup;
import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.testing.TestingBlockStore;
import dev.kvasir.cache.testing.TestingNode;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.KvLayout;
import dev.kvasir.inference.TokenIds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A million look-ups of prompts that are nearly equal, of several tenants: no block that comes is
 * another text's or another tenant's.
 *
 * <p>{@code -Dkvasir.seed=...} repeats a run, {@code -Dkvasir.lookups=...} lengthens it.
 */
class NearEqualLookupsTest {
  private static final int BLOCK = 4;
  private static final int TEXTS = 400;
  private static final int LONGEST_BLOCKS = 6;
  private static final List<String> TENANTS = List.of("a", "b", "ab", "a:b");

  private final long seed = Long.getLong("kvasir.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final TestingBlockStore store = new TestingBlockStore();
  private final TestingNode node = new TestingNode("n", store);
  private final KvLayout layout = node.model.info().layout();
  private final MessageDigest sha256 = sha256();
  private final int[][] texts =
      IntStream.range(0, TEXTS).mapToObj(text -> random()).toArray(int[][]::new);

  @Test
  void longestPrefix_nearlyEqualTextsOfManyTenants_neverAnothersBlock() {
    int lookups = Integer.getInteger("kvasir.lookups", 1_000_000);
    for (int[] text : texts) {
      store(pick(TENANTS), text);
    }
    long found = 0;
    for (int lookup = 0; lookup < lookups; lookup++) {
      String tenant = pick(TENANTS);
      int[] text = nearlyEqual(texts[random.nextInt(TEXTS)]);
      int number = lookup;
      found += requireOwn(tenant, text, () -> "look-up %d, seed %d".formatted(number, seed));
    }
    assertTrue(found > lookups / 10, found + " blocks were found, seed " + seed);
  }

  /** Few different tokens, so that runs repeat. */
  private int[] random() {
    return random.ints(1 + BLOCK * (1 + random.nextInt(LONGEST_BLOCKS)), 0, 3).toArray();
  }

  private int[] nearlyEqual(int[] text) {
    int[] changed = text.clone();
    int at = random.nextInt(text.length);
    switch (random.nextInt(6)) {
      case 0 -> changed[at] = random.nextInt(3);
      case 1 -> Arrays.sort(changed, at, Math.min(text.length, at + 2)); // two change places
      case 2 -> System.arraycopy(text, 0, changed, 1, text.length - 1); // all move by one
      case 3 -> changed = Arrays.copyOfRange(text, Math.min(BLOCK, text.length - 1), text.length);
      case 4 -> changed = Arrays.copyOf(text, text.length + BLOCK);
      default -> {} // as it is
    }
    return changed;
  }

  private <T> T pick(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  private void store(String tenant, int[] text) {
    Prefix prefix = prefix(tenant, text);
    for (int index = 0; index < prefix.hashes().size(); index++) {
      BlockHash parent = index == 0 ? null : prefix.hashes().get(index - 1);
      byte[] payload = payload(tenant, text, index);
      store.putIfAbsent(
          new Placement(prefix.hashes().get(index), parent, index, tenant),
          KvBlock.of(layout, index, prefix.blockTokens(index), ByteBuffer.wrap(payload)));
    }
  }

  private Prefix prefix(String tenant, int[] text) {
    return node.names.of(layout, tenant, TokenIds.of(text));
  }

  /** Whose block it is, of which text: as K/V depends on all that stands before its end. */
  private byte[] payload(String tenant, int[] text, int index) {
    sha256.update(tenant.getBytes(StandardCharsets.UTF_8));
    ByteBuffer tokens = ByteBuffer.allocate((index + 1) * BLOCK * Integer.BYTES);
    for (int i = 0; i < (index + 1) * BLOCK; i++) {
      tokens.putInt(text[i]);
    }
    return sha256.digest(tokens.array());
  }

  private int requireOwn(String tenant, int[] text, Supplier<String> what) {
    Prefix prefix = prefix(tenant, text);
    if (!(node.cache.longestPrefix(prefix) instanceof Lookup.ExactPrefix exact)) {
      return 0;
    }
    assertEquals(0, exact.poolBlocks(), what);
    byte[] came = new byte[layout.payloadBytes()];
    for (int index = 0; index < exact.fetched().size(); index++) {
      KvBlock block = exact.fetched().get(index).block();
      assertEquals(
          Optional.empty(), block.findFault(layout, index, prefix.blockTokens(index)), what);
      block.payload(layout).get(came);
      assertArrayEquals(payload(tenant, text, index), came, what);
    }
    return exact.fetched().size();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

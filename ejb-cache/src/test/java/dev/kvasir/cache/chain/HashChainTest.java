package dev.kvasir.cache.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.Fingerprint;
import dev.kvasir.inference.TokenIds;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HashChainTest {
  private static final Fingerprint ENGINE = new Fingerprint(new BlockHash(1, 2, 3, 4));
  private static final Namespace TENANT = namespace(ENGINE, 7, 8, 9);

  @Test
  void of_twoBlocks_equalsDigestsWrittenByHand() throws Exception {
    List<BlockHash> hashes = HashChain.of(TENANT, TokenIds.of(10, 11, 12, -13, 14), 2);

    byte[] root =
        sha256(
            field('V', "kvasir-chain-1".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
            field('F', new BlockHash(1, 2, 3, 4).toBytes()),
            field('S', new byte[] {7, 8, 9}));
    byte[] first = sha256(field('P', root), field('T', ints(10, 11)));
    byte[] second = sha256(field('P', first), field('T', ints(12, -13)));
    assertEquals(List.of(BlockHash.of(first), BlockHash.of(second)), hashes);
  }

  @Test
  void of_namedVector_neverChanges() {
    // blocks of a running cluster are found by these names: a change needs a new version
    assertEquals(
        List.of("3bcc70a60e832f0ea786fb2a2c30e511d11746f354e47bcba1d5a23f84be3d29"),
        HashChain.of(TENANT, TokenIds.of(1, 2, 3, 4, 5), 4).stream()
            .map(BlockHash::toString)
            .toList());
  }

  @Test
  void of_anyLength_leavesAtLeastOneToken() {
    for (int size = 0; size <= 50; size++) {
      int blocks = HashChain.of(TENANT, TokenIds.of(new int[size]), 16).size();
      assertEquals(Math.max(0, size - 1) / 16, blocks, size + " tokens");
    }
  }

  @Test
  void of_randomPairs_equalNamesExactlyForEqualPrefixes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      int[] a = random.ints(1 + random.nextInt(120), 0, 3).toArray();
      int[] b = a.clone();
      b[random.nextInt(b.length)] += random.nextInt(2);
      List<BlockHash> hashesA = HashChain.of(TENANT, TokenIds.of(a), 5);
      List<BlockHash> hashesB = HashChain.of(TENANT, TokenIds.of(b), 5);
      for (int block = 0; block < hashesA.size(); block++) {
        int end = (block + 1) * 5;
        assertEquals(
            Arrays.equals(a, 0, end, b, 0, end),
            hashesA.get(block).equals(hashesB.get(block)),
            "block " + block + ", seed " + seed);
      }
    }
  }

  @Test
  void of_longerPrompt_startsWithTheNamesOfTheShorter() {
    int[] tokens = new Random(1).ints(1000, 0, 50_000).toArray();
    List<BlockHash> all = HashChain.of(TENANT, TokenIds.of(tokens), 16);
    for (int size = 1; size < tokens.length; size += 37) {
      List<BlockHash> some = HashChain.of(TENANT, TokenIds.of(Arrays.copyOf(tokens, size)), 16);
      assertEquals(all.subList(0, some.size()), some);
    }
  }

  @Test
  void of_anyDifferentField_sharesNoName() {
    TokenIds tokens = TokenIds.of(new int[65]);
    List<Namespace> namespaces =
        List.of(
            TENANT,
            namespace(ENGINE),
            namespace(ENGINE, 7, 8),
            namespace(ENGINE, 7, 8, 9, 0),
            namespace(new Fingerprint(new BlockHash(1, 2, 3, 5)), 7, 8, 9));
    List<BlockHash> names = new ArrayList<>();
    for (Namespace namespace : namespaces) {
      for (int blockSize : new int[] {1, 2, 16, 64}) {
        names.addAll(HashChain.of(namespace, tokens, blockSize));
      }
    }
    Set<BlockHash> distinct = new HashSet<>(names);
    assertEquals(names.size(), distinct.size());
  }

  @Test
  void of_blockAtAnotherPlace_hasAnotherName() {
    List<BlockHash> hashes = HashChain.of(TENANT, TokenIds.of(1, 2, 1, 2, 1), 2);
    assertNotEquals(hashes.get(0), hashes.get(1));
  }

  @Test
  void of_blockSizeZero_isRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> HashChain.of(TENANT, TokenIds.of(1, 2, 3), 0));
  }

  @Test
  void of_tenMillionTokens_printsItsSpeed() {
    TokenIds tokens = TokenIds.of(new Random(1).ints(10_000_000, 0, 128_000).toArray());
    HashChain.of(TENANT, tokens, 64);
    long start = System.nanoTime();
    int blocks = HashChain.of(TENANT, tokens, 64).size();
    double seconds = (System.nanoTime() - start) / 1e9;
    assertEquals(156_249, blocks);
    report("chain: %.0f million tokens/s on one core%n".formatted(10 / seconds));
  }

  private static void report(String line) {
    System.getLogger(HashChainTest.class.getName()).log(System.Logger.Level.INFO, line.strip());
  }

  private static Namespace namespace(Fingerprint fingerprint, int... salt) {
    byte[] bytes = new byte[salt.length];
    for (int i = 0; i < salt.length; i++) {
      bytes[i] = (byte) salt[i];
    }
    return new Namespace(fingerprint, bytes);
  }

  private static byte[] field(char tag, byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(out);
    data.writeByte(tag);
    data.writeInt(bytes.length);
    data.write(bytes);
    return out.toByteArray();
  }

  private static byte[] ints(int... values) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(out);
    for (int value : values) {
      data.writeInt(value);
    }
    return out.toByteArray();
  }

  private static byte[] sha256(byte[]... parts) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }
}

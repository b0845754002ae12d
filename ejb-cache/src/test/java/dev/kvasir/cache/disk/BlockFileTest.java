package dev.kvasir.cache.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvasir.cache.BlockStore.Placement;
import dev.kvasir.cache.CorruptBlockException;
import dev.kvasir.cache.grid.TestingBlocks;
import dev.kvasir.inference.BlockHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockFileTest {
  private static final int BODY = 5_000;
  private final TestingBlocks chain = TestingBlocks.chain(1, 2, BODY);
  private final Placement placement = chain.placements().get(1);
  private final BlockHash hash = placement.hash();
  private final BlockFile plain = new BlockFile(null);
  private final BlockFile sealed = new BlockFile(new BlockCipher("secret"));

  private BlockFile format(boolean seals) {
    return seals ? sealed : plain;
  }

  private FileStore.Parts encode(boolean seals) {
    return format(seals).encode(placement, chain.blocks().get(1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void decode_unchanged_sameBytesAndPlacement(boolean seals) throws Exception {
    FileStore.Parts file = encode(seals);
    assertEquals(BlockFile.HEAD_BYTES, file.head().length);
    assertEquals(format(seals).fileBytes(chain.blocks().get(1)), file.bytes());
    assertArrayEquals(chain.blocks().get(1).bytes(), format(seals).decode(file, hash).bytes());
    var sound =
        assertInstanceOf(
            BlockFile.Parsed.Sound.class, format(seals).parse(file.head(), file.bytes(), hash));
    assertEquals(placement, sound.header().placement());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void decode_anyByteChanged_isRefused(boolean seals) {
    FileStore.Parts file = encode(seals);
    Random random = new Random(2);
    for (int at = 0; at < file.head().length; at++) {
      byte[] head = file.head().clone();
      head[at] ^= (byte) (1 + random.nextInt(255));
      assertRefused(seals, new FileStore.Parts(head, file.body()), "head " + at);
      assertFalse(
          format(seals).parse(head, file.bytes(), hash) instanceof BlockFile.Parsed.Sound,
          "head " + at);
    }
    for (int i = 0; i < 500; i++) {
      byte[] body = file.body().clone();
      int at = i == 0 ? 0 : i == 1 ? body.length - 1 : random.nextInt(body.length);
      body[at] ^= (byte) (1 << random.nextInt(8));
      assertRefused(seals, new FileStore.Parts(file.head(), body), "body " + at);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void decode_cutOff_isRefused(boolean seals) {
    FileStore.Parts file = encode(seals);
    for (int left = 0; left < file.head().length; left++) {
      byte[] head = Arrays.copyOf(file.head(), left);
      assertRefused(seals, new FileStore.Parts(head, new byte[0]), left + " bytes");
    }
    for (int left : new int[] {0, 1, BODY / 2, file.body().length - 1, file.body().length + 1}) {
      byte[] body = Arrays.copyOf(file.body(), left);
      assertRefused(seals, new FileStore.Parts(file.head(), body), "body of " + left);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void decode_anotherBlocksFile_isRefused(boolean seals) {
    FileStore.Parts other = format(seals).encode(chain.placements().get(0), chain.blocks().get(0));
    assertRefused(seals, other, "the file of the block before");
  }

  @Test
  void parse_unknownVersion_isForeign() {
    FileStore.Parts file = encode(false);
    file.head()[7] = 2;
    assertInstanceOf(BlockFile.Parsed.Foreign.class, plain.parse(file.head(), file.bytes(), hash));
  }

  @Test
  void parse_otherSecretOrNone_isForeign() {
    FileStore.Parts file = encode(true);
    for (BlockFile other : new BlockFile[] {plain, new BlockFile(new BlockCipher("changed"))}) {
      assertInstanceOf(
          BlockFile.Parsed.Foreign.class, other.parse(file.head(), file.bytes(), hash));
      assertThrows(CorruptBlockException.class, () -> other.decode(file, hash));
    }
  }

  @Test
  void parse_plainOnANodeThatSeals_isUnsealed() {
    FileStore.Parts file = encode(false);
    assertInstanceOf(
        BlockFile.Parsed.Unsealed.class, sealed.parse(file.head(), file.bytes(), hash));
  }

  @Test
  void encode_sealed_showsNeitherTenantNorBlock() {
    FileStore.Parts file = encode(true);
    String head = new String(file.head(), StandardCharsets.ISO_8859_1);
    assertFalse(head.contains("default"));
    assertFalse(
        Arrays.equals(
            Arrays.copyOf(file.body(), 64), Arrays.copyOf(chain.blocks().get(1).bytes(), 64)));
    FileStore.Parts again = encode(true);
    assertFalse(Arrays.equals(file.body(), again.body()), "one nonce for two files");
  }

  /** RFC 5869, A.1. */
  @Test
  void hkdf_testVector_asTheStandard() {
    HexFormat hex = HexFormat.of();
    byte[] pseudoRandom =
        Hkdf.extract(hex.parseHex("000102030405060708090a0b0c"), hex.parseHex("0b".repeat(22)));
    assertEquals(
        "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
        hex.formatHex(pseudoRandom));
    assertEquals(
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        hex.formatHex(Hkdf.expand(pseudoRandom, hex.parseHex("f0f1f2f3f4f5f6f7f8f9"), 42)));
  }

  private void assertRefused(boolean seals, FileStore.Parts file, String what) {
    assertThrows(CorruptBlockException.class, () -> format(seals).decode(file, hash), what);
  }
}

package dev.kvasir.engine.weights.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvasir.engine.TestingModels;
import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.engine.weights.Rope;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The model in the repository, against its card and its raw bytes. */
class TinyCheckpointTest {
  private static final String NORM = "model.norm.weight";
  private static final String Q_PROJ = "model.layers.5.self_attn.q_proj.weight";

  @Test
  void config_ofTiny_isAsOnItsCard() {
    try (Checkpoint tiny = Checkpoints.open(TestingModels.tiny())) {
      Rope rope = new Rope(10_000, new Rope.Scaling.None());
      assertEquals(
          new LlamaConfig("tiny", 6, 256, 8, 2, 32, 640, 1536, 2048, rope, 1e-5f, true, Set.of(2)),
          tiny.config());
    }
  }

  @Test
  void text_ofTiny_hasTokenizerAndTemplate() throws Exception {
    try (Checkpoint tiny = Checkpoints.open(TestingModels.tiny())) {
      String tokenizer = Files.readString(TestingModels.tiny().resolve("tokenizer.json"));
      assertEquals(tokenizer, tiny.text().tokenizerJson());
      assertEquals("<|im_start|>", tiny.text().bosToken());
      assertEquals("<|im_end|>", tiny.text().eosToken());
      assertEquals(
          "{% for message in messages %}{{'<|im_start|>'",
          String.valueOf(tiny.text().chatTemplate()).substring(0, 45));
    }
  }

  @Test
  void read_bf16AsF32_isWidened() {
    try (Checkpoint tiny = Checkpoints.open(TestingModels.tiny())) {
      ByteBuffer narrow = buffer(256 * 256 * 2);
      ByteBuffer wide = buffer(256 * 256 * 4);
      tiny.read(Q_PROJ, NumberType.BF16, narrow);
      tiny.read(Q_PROJ, NumberType.F32, wide);
      assertEquals(0, narrow.remaining());
      assertEquals(0, wide.remaining());
      for (int i = 0; i < 256 * 256; i++) {
        assertEquals(narrow.getShort(2 * i) << 16, wide.getInt(4 * i));
      }
    }
  }

  @Test
  void read_intoMiddleOfBuffer_leavesTheRestAlone() {
    try (Checkpoint tiny = Checkpoints.open(TestingModels.tiny())) {
      ByteBuffer out = buffer(1030).position(2);
      tiny.read(NORM, NumberType.F32, out);
      assertEquals(1026, out.position());
      assertEquals(0, out.getInt(1026));
      assertArrayEquals(new long[] {256}, tiny.shape(NORM));
    }
  }

  @Test
  void read_bufferTooSmall_isRefused() {
    try (Checkpoint tiny = Checkpoints.open(TestingModels.tiny())) {
      assertThrows(
          IllegalArgumentException.class,
          () -> tiny.read(NORM, NumberType.F32, ByteBuffer.allocate(1023)));
    }
  }

  @Test
  void weightsDigest_ofTwoOpenings_isEqual() {
    try (Checkpoint first = Checkpoints.open(TestingModels.tiny());
        Checkpoint second = Checkpoints.open(TestingModels.tiny())) {
      assertEquals(first.weightsDigest(), second.weightsDigest());
      assertEquals(
          "f31019e10e30817dba435da8e6e683c2a1f4ed87622e690adee30dfaa0132f29",
          first.weightsDigest().toString());
    }
  }

  @Test
  void read_afterClose_isRefused() {
    Checkpoint tiny = Checkpoints.open(TestingModels.tiny());
    tiny.close();
    tiny.close();
    assertThrows(IllegalStateException.class, tiny::weightsDigest);
    assertThrows(
        IllegalStateException.class,
        () -> tiny.read(NORM, NumberType.F32, ByteBuffer.allocate(1024)));
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}

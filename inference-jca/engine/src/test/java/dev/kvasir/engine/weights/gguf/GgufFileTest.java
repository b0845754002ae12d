package dev.kvasir.engine.weights.gguf;

import static dev.kvasir.engine.weights.TestingRefusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.engine.TestingModels;
import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.engine.weights.Rope;
import dev.kvasir.engine.weights.Rope.Scaling;
import dev.kvasir.engine.weights.TestingCheckpoints;
import dev.kvasir.engine.weights.TestingLlama;
import dev.kvasir.engine.weights.TestingTensor;
import dev.kvasir.engine.weights.huggingface.HuggingFaceConfig;
import dev.kvasir.engine.weights.load.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GGUF files, whole and broken. */
class GgufFileTest {
  private static final int Q8_0 = 8;
  private static final int Q2_K = 10;
  private static final String GATE = "blk.1.ffn_gate.weight";

  @TempDir Path temporary;

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void open_bothVersions_giveTheHuggingFaceNumbers(int version) throws IOException {
    Path file = write(TestingGguf.llama().version(version));
    TestingCheckpoints.assertHolds(TestingLlama.tensors(), file);
  }

  @Test
  void open_noHead_tiesTheEmbedding() throws IOException {
    try (Checkpoint checkpoint =
        Checkpoints.open(write(TestingGguf.llama().without("output.weight")))) {
      assertEquals(true, checkpoint.config().tiedEmbeddings());
    }
  }

  @Test
  void open_quantizedTensor_isDequantized() throws IOException {
    byte[] block = new byte[96 * 2 * 34];
    for (int i = 0; i < block.length; i += 34) {
      block[i + 1] = 0x38; // 0.5
      block[i + 2] = 3;
      block[i + 33] = -4;
    }
    TestingGguf gguf =
        TestingGguf.llama().tensor(GATE, new TestingGguf.Stored(Q8_0, new long[] {96, 64}, block));
    float[] numbers = new float[96 * 64];
    for (int i = 0; i < numbers.length; i += 32) {
      numbers[i] = 1.5f;
      numbers[i + 31] = -2;
    }
    try (Checkpoint checkpoint = Checkpoints.open(write(gguf))) {
      assertArrayEquals(
          new TestingTensor(new long[] {96, 64}, numbers).f32(),
          TestingCheckpoints.read(
              checkpoint, "model.layers.1.mlp.gate_proj.weight", NumberType.F32));
    }
  }

  @Test
  void open_ropeInAllItsForms_isUnderstood() throws IOException {
    assertRope(new Scaling.None(), TestingGguf.llama().put("llama.rope.scaling.type", "none"));
    assertRope(
        new Scaling.Linear(4),
        TestingGguf.llama()
            .put("llama.rope.scaling.type", "linear")
            .put("llama.rope.scaling.factor", 4f));
    assertRope(new Scaling.Linear(2), TestingGguf.llama().put("llama.rope.scale_linear", 2f));
    TestingTensor factors =
        new TestingTensor(new long[] {8}, new float[] {1, 1, 1, 1.5f, 2, 8, 8, 8});
    assertRope(
        new Scaling.PerPair(List.of(1f, 1f, 1f, 1.5f, 2f, 8f, 8f, 8f)),
        TestingGguf.llama().tensor("rope_freqs.weight", 0, factors));
  }

  @Test
  void open_endTokens_areNamedOrKnown() throws IOException {
    TestingGguf gguf =
        TestingGguf.llama()
            .put("tokenizer.ggml.eot_token_id", 5)
            .put(
                "tokenizer.ggml.tokens",
                List.of(
                    "<pad>",
                    "<s>",
                    "</s>",
                    "a",
                    "b",
                    "c",
                    "d",
                    "<|eot_id|>",
                    "e",
                    "ab",
                    "abc",
                    "z"));
    try (Checkpoint checkpoint = Checkpoints.open(write(gguf))) {
      assertEquals(Set.of(2, 5, 7), checkpoint.config().eosTokenIds());
      assertEquals("<s>", checkpoint.text().bosToken());
      assertEquals("</s>", checkpoint.text().eosToken());
    }
  }

  @Test
  void open_smolLm2_hasTheShapeOfItsHuggingFaceForm() {
    Path file = TestingModels.orNotRun("SmolLM2's GGUF file", TestingModels.smolLm2());
    Path folder =
        TestingModels.orNotRun("SmolLM2's config.json", TestingModels.smolLm2HuggingFace());
    try (Checkpoint checkpoint = Checkpoints.open(file)) {
      LlamaConfig expected = HuggingFaceConfig.read(folder);
      assertEquals(expected.numericShape(), checkpoint.config().numericShape());
      assertEquals(expected.contextTokens(), checkpoint.config().contextTokens());
      assertEquals(expected.eosTokenIds(), checkpoint.config().eosTokenIds());
    }
  }

  @Test
  void open_missingTensor_isRefusedByName() throws IOException {
    Path file = write(TestingGguf.llama().without(GATE));
    assertRefused(file, "small.gguf", "model.layers.1.mlp.gate_proj.weight", "missing");
  }

  @Test
  void open_wrongShape_isRefusedWithBothShapes() throws IOException {
    TestingTensor narrow = new TestingTensor(new long[] {96, 32}, new float[96 * 32]);
    assertRefused(write(TestingGguf.llama().tensor(GATE, 0, narrow)), "[96, 32]", "[96, 64]");
  }

  @Test
  void open_unsupportedType_isRefusedWithTensorAndType() throws IOException {
    TestingGguf.Stored stored = new TestingGguf.Stored(Q2_K, new long[] {96, 64}, new byte[64]);
    assertRefused(write(TestingGguf.llama().tensor(GATE, stored)), GATE, "Q2_K", "Q4_K");
    stored = new TestingGguf.Stored(99, new long[] {96, 64}, new byte[64]);
    assertRefused(write(TestingGguf.llama().tensor(GATE, stored)), GATE, "number 99");
  }

  @Test
  void open_rowsNotWholeBlocks_areRefused() throws IOException {
    TestingGguf.Stored stored = new TestingGguf.Stored(Q8_0, new long[] {96, 48}, new byte[9000]);
    assertRefused(write(TestingGguf.llama().tensor(GATE, stored)), GATE, "48", "blocks of 32");
  }

  @Test
  void open_biasOrExperts_areRefused() throws IOException {
    TestingTensor bias = new TestingTensor(new long[] {64}, new float[64]);
    assertRefused(
        write(TestingGguf.llama().tensor("blk.0.attn_q.bias", 0, bias)), "q_proj.bias", "without");
    assertRefused(write(TestingGguf.llama().put("llama.expert_count", 8)), "expert_count is 8");
  }

  @Test
  void open_otherArchitecture_isRefused() throws IOException {
    assertRefused(
        write(TestingGguf.llama().put("general.architecture", "gemma3")), "gemma3", "llama");
    assertRefused(
        write(TestingGguf.llama().without("general.architecture")), "general.architecture");
  }

  @Test
  void open_fileCutOffAnywhere_isRefused() throws IOException {
    byte[] whole = TestingGguf.llama().bytes();
    Path file = temporary.resolve("small.gguf");
    for (int length = 0; length < whole.length - 32; length += length < 3_000 ? 7 : 1_999) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertRefused(file, "small.gguf");
    }
  }

  @Test
  void open_brokenOffsets_areRefused() throws IOException {
    assertRefused(write(TestingGguf.llama().offsets(offset -> offset + (1L << 40))), "cut off");
    assertRefused(write(TestingGguf.llama().offsets(offset -> Long.MAX_VALUE)), "small.gguf");
    assertRefused(write(TestingGguf.llama().offsets(offset -> -32)), "small.gguf");
    assertRefused(write(TestingGguf.llama().offsets(offset -> 0)), "lies over");
  }

  @Test
  void open_otherFilesAndVersions_areRefused() throws IOException {
    Path file = temporary.resolve("small.gguf");
    assertRefused(Files.writeString(file, "PK, a zip"), "no GGUF file");
    assertRefused(write(TestingGguf.llama().version(1)), "version is 1");
    assertRefused(write(TestingGguf.llama().version(3 << 24)), "little-endian");
  }

  @Test
  void open_hugeCounts_areRefusedWithoutTheMemory() throws IOException {
    byte[] bytes = TestingGguf.llama().bytes();
    Path file = temporary.resolve("small.gguf");
    for (int countAt : new int[] {8, 16}) {
      byte[] broken = bytes.clone();
      Arrays.fill(broken, countAt, countAt + 7, (byte) 0x7F);
      assertRefused(Files.write(file, broken), "small.gguf");
      broken[countAt + 7] = -1;
      assertRefused(Files.write(file, broken), "small.gguf");
    }
  }

  @Test
  void open_badMetadata_isRefusedByKey() throws IOException {
    assertRefused(write(TestingGguf.llama().put("llama.block_count", "two")), "llama.block_count");
    assertRefused(write(TestingGguf.llama().without("llama.context_length")), "context_length");
    assertRefused(write(TestingGguf.llama().put("llama.attention.head_count", 0)), "heads is 0");
    assertRefused(
        write(TestingGguf.llama().put("llama.rope.dimension_count", 8)), "dimension_count is 8");
    assertRefused(
        write(TestingGguf.llama().put("llama.rope.scaling.type", "yarn")), "scaling.type is yarn");
    assertRefused(write(TestingGguf.llama().put("llama.vocab_size", 3)), "vocab_size is 3");
    assertRefused(write(TestingGguf.llama().put("general.alignment", 48)), "alignment is 48");
    TestingTensor factors = new TestingTensor(new long[] {4}, new float[4]);
    assertRefused(
        write(TestingGguf.llama().tensor("rope_freqs.weight", 0, factors)), "rope_freqs", "8");
  }

  @Test
  void open_badTokenizer_isRefusedByKey() throws IOException {
    assertRefused(
        write(TestingGguf.llama().put("tokenizer.ggml.model", "bert")),
        "tokenizer.ggml.model is bert");
    assertRefused(
        write(TestingGguf.llama().put("tokenizer.ggml.pre", "tekken")),
        "tokenizer.ggml.pre is tekken");
    assertRefused(write(TestingGguf.llama().without("tokenizer.ggml.merges")), "merges");
    assertRefused(
        write(TestingGguf.llama().put("tokenizer.ggml.merges", List.of("ab"))), "merges is ab");
    assertRefused(
        write(TestingGguf.llama().put("tokenizer.ggml.bos_token_id", 12)), "bos_token_id is 12");
    assertRefused(
        write(TestingGguf.llama().put("tokenizer.ggml.token_type", new int[] {1})), "token_type");
    assertRefused(write(TestingGguf.llama().put("tokenizer.ggml.model", "llama")), "scores");
    assertRefused(
        write(TestingGguf.llama().put("tokenizer.ggml.tokens", Collections.nCopies(12, "a"))),
        "same text");
  }

  private Path write(TestingGguf gguf) throws IOException {
    return gguf.write(temporary.resolve("small.gguf"));
  }

  private void assertRope(Scaling scaling, TestingGguf gguf) throws IOException {
    try (Checkpoint checkpoint = Checkpoints.open(write(gguf))) {
      assertEquals(new Rope(10_000, scaling), checkpoint.config().rope());
    }
  }
}

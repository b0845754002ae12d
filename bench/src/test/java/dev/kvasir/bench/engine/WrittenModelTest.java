package dev.kvasir.bench.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.engine.weights.Rope;
import dev.kvasir.engine.weights.load.Checkpoints;
import dev.kvasir.engine.weights.tensor.LlamaTensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other systems are given is the model: the engine itself reads it back. */
class WrittenModelTest {
  private static final Rope.Scaling LONGER = new Rope.Scaling.Llama3(8, 1, 4, 32);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void gguf_readBack_isTheSameModel(boolean tied) throws IOException {
    TestingCheckpoint written = TestingCheckpoint.of(new Rope.Scaling.None(), tied);
    Path file = TestingVocabulary.into(GgufWriter.write(written, folder));
    try (Checkpoint read = Checkpoints.open(file)) {
      assertEquals(shape(written.config(), "model"), shape(read.config(), "model"));
      assertSameTensors(written, read);
    }
  }

  @Test
  void gguf_stretchedRope_turnsByTheSameAngles() throws IOException {
    TestingCheckpoint written = TestingCheckpoint.of(LONGER, true);
    Path file = TestingVocabulary.into(GgufWriter.write(written, folder));
    try (Checkpoint read = Checkpoints.open(file)) {
      assertArrayEquals(
          written.config().rope().frequencies(16), read.config().rope().frequencies(16), 1e-7);
      assertSameTensors(written, read);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void huggingFace_readBack_isTheSameModel(boolean tied) throws IOException {
    TestingCheckpoint written = TestingCheckpoint.of(new Rope.Scaling.None(), tied);
    HuggingFaceWriter.write(written, folder);
    Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {}}");
    try (Checkpoint read = Checkpoints.open(folder)) {
      assertEquals(shape(written.config(), "model"), shape(read.config(), "model"));
      assertSameTensors(written, read);
    }
  }

  @Test
  void huggingFace_stretchedRope_isRefused() {
    TestingCheckpoint written = TestingCheckpoint.of(LONGER, true);
    assertThrows(IOException.class, () -> HuggingFaceWriter.write(written, folder));
  }

  /** The config but for its name, which is that of the file, and what belongs to the tokenizer. */
  private static LlamaConfig shape(LlamaConfig config, String id) {
    return new LlamaConfig(
        id,
        config.layers(),
        config.hiddenSize(),
        config.heads(),
        config.kvHeads(),
        config.headSize(),
        config.intermediateSize(),
        config.vocabularySize(),
        config.contextTokens(),
        config.rope(),
        config.rmsEpsilon(),
        config.tiedEmbeddings(),
        Set.of());
  }

  private static void assertSameTensors(Checkpoint expected, Checkpoint actual) {
    for (String name : LlamaTensors.shapes(expected.config()).keySet()) {
      assertArrayEquals(expected.shape(name), actual.shape(name), name);
      assertArrayEquals(numbers(expected, name), numbers(actual, name), name);
    }
  }

  private static byte[] numbers(Checkpoint checkpoint, String name) {
    long bytes = NumberType.F32.bytes();
    for (long size : checkpoint.shape(name)) {
      bytes *= size;
    }
    ByteBuffer out = ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
    checkpoint.read(name, NumberType.F32, out);
    return out.array();
  }
}

package dev.kvasir.engine.blend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.Engine;
import dev.kvasir.engine.EngineConfig;
import dev.kvasir.engine.EngineConfig.Device;
import dev.kvasir.engine.EngineConfig.Precision;
import dev.kvasir.engine.TestingModels;
import dev.kvasir.engine.weights.load.Checkpoints;
import dev.kvasir.inference.Assembly;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.KvBlock;
import dev.kvasir.inference.KvLayout;
import dev.kvasir.inference.KvRun;
import dev.kvasir.inference.KvType;
import dev.kvasir.inference.SamplingParams;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TokenIds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that were turned from one position to another are those that are computed there. */
class KeyTurnTest {
  private static final int BLOCK = 64;
  private static final int FROM = 75;
  private static final int COUNT = 150;
  private static final String SCALED =
      "\"rope_scaling\": {\"rope_type\": \"llama3\", \"factor\": 8.0, \"low_freq_factor\": 1.0,"
          + " \"high_freq_factor\": 4.0, \"original_max_position_embeddings\": 256},";

  @TempDir private Path folder;

  /** The first layer's K and V depend on token and position alone. */
  @ParameterizedTest
  @CsvSource({
    "F32, false, 400", "F32, true, 400", "BF16, false, 400", "BF16, true, 400",
    "F32, true, 1500", "F32, true, 3", "BF16, true, 3", "F32, false, 75"
  })
  void copy_firstLayer_asComputedThere(Precision precision, boolean scaled, int position)
      throws IOException {
    Path model = scaled ? scaledModel() : TestingModels.tiny();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Engine engine =
            Engine.start(new EngineConfig(model, precision, Device.CPU, 2_048, 0), thread);
        var checkpoint = Checkpoints.open(model)) {
      KvLayout layout = engine.model().info().layout();
      Random random = new Random(position);
      int[] donor = random.ints(FROM + COUNT + BLOCK, 3, 1_500).toArray();
      int[] target = random.ints(position + COUNT + BLOCK, 3, 1_500).toArray();
      System.arraycopy(donor, FROM, target, position, COUNT);
      List<KvBlock> held = blocks(engine, donor);
      int firstBlock = FROM / BLOCK;
      List<KvBlock> used = held.subList(firstBlock, held.size());
      TokenIds tokens = TokenIds.of(donor).slice(firstBlock * BLOCK, held.size() * BLOCK);
      Mosaic mosaic =
          new Assembler(layout, checkpoint.config().rope())
              .assemble(
                  new Assembly(
                      List.of(new KvRun(used, firstBlock, tokens, FROM, position, COUNT)),
                      new BitSet(),
                      0),
                  TokenIds.of(target));

      List<KvBlock> computed = blocks(engine, target);
      double rounding = layout.type() == KvType.BF16 ? 0.02 : 2e-4;
      for (int at = position; at < position + COUNT; at++) {
        ByteBuffer there = computed.get(at / BLOCK).payload(layout).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer turned = Objects.requireNonNull(mosaic.payloads().get(at / BLOCK));
        assertTrue(
            deviation(layout, there, turned, at % BLOCK) <= rounding,
            "K at %d deviates by %s of its length"
                .formatted(at, deviation(layout, there, turned, at % BLOCK)));
        int value = layout.kvHeads() * BLOCK * layout.headSize() + at % BLOCK * layout.headSize();
        for (int i = 0; i < layout.headSize(); i++) {
          assertEquals(number(layout, there, value + i), number(layout, turned, value + i), "V");
        }
      }
    } finally {
      thread.shutdown();
    }
  }

  /** Largest difference of a pair of numbers of the first head's key, by the pair's length. */
  private static double deviation(KvLayout layout, ByteBuffer one, ByteBuffer other, int row) {
    int half = layout.headSize() / 2;
    double most = 0;
    for (int pair = 0; pair < half; pair++) {
      int at = row * layout.headSize() + pair;
      double x = number(layout, one, at);
      double y = number(layout, one, at + half);
      double dx = number(layout, other, at) - x;
      double dy = number(layout, other, at + half) - y;
      most = Math.max(most, Math.hypot(dx, dy) / Math.max(1e-3, Math.hypot(x, y)));
    }
    return most;
  }

  private static float number(KvLayout layout, ByteBuffer payload, int index) {
    return layout.type() == KvType.BF16
        ? Float.intBitsToFloat(payload.getShort(index * Short.BYTES) << 16)
        : payload.getFloat(index * Float.BYTES);
  }

  private static List<KvBlock> blocks(Engine engine, int[] prompt) {
    List<BlockHash> names =
        IntStream.range(0, (prompt.length - 1) / BLOCK)
            .mapToObj(i -> new BlockHash(prompt[0], prompt.length, i, 0))
            .toList();
    try (var sequence =
        engine.open(new SequenceRequest(TokenIds.of(prompt), names, SamplingParams.GREEDY, 1))) {
      sequence.prefill();
    }
    return names.stream().map(name -> engine.model().exportBlock(name).orElseThrow()).toList();
  }

  /** Our small model with the frequencies of Llama 3.1. */
  private Path scaledModel() throws IOException {
    try (Stream<Path> files = Files.list(TestingModels.tiny())) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Path config = folder.resolve("config.json");
    String text = Files.readString(config);
    String scaled = text.replace("\"rope_theta\"", SCALED + "\"rope_theta\"");
    assertTrue(scaled.length() > text.length());
    Files.writeString(config, scaled);
    return folder;
  }
}

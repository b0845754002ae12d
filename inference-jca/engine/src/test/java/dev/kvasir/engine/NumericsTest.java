package dev.kvasir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.engine.EngineConfig.Device;
import dev.kvasir.engine.graph.KernelForm;
import dev.kvasir.engine.schedule.StepRules;
import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.engine.weights.Rope;
import dev.kvasir.engine.weights.TextAssets;
import dev.kvasir.engine.weights.load.Checkpoints;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.inference.Fingerprint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever can change a bit of K/V changes the name of its blocks. */
class NumericsTest {
  private static final StepRules RULES = new StepRules(64, 512, 16);
  private static final Numerics PLAIN =
      new Numerics(Device.CPU, NumberType.F32, KernelForm.PLAIN, RULES, 1);

  @Test
  void layout_oneFactDiffers_otherFingerprint() {
    List<Fingerprint> fingerprints = new ArrayList<>();
    try (Checkpoint tiny = Checkpoints.open(TestingModels.tiny())) {
      fingerprints.add(PLAIN.layout(tiny).fingerprint());
      for (Numerics other :
          List.of(
              new Numerics(Device.GPU, NumberType.F32, KernelForm.PLAIN, RULES, 1),
              new Numerics(Device.CPU, NumberType.BF16, KernelForm.PLAIN, RULES, 1),
              new Numerics(Device.CPU, NumberType.F32, KernelForm.ONEDNN, RULES, 1),
              new Numerics(Device.CPU, NumberType.F32, KernelForm.INT8, RULES, 1),
              new Numerics(
                  Device.CPU, NumberType.F32, KernelForm.PLAIN, new StepRules(64, 256, 16), 1),
              new Numerics(
                  Device.CPU, NumberType.F32, KernelForm.PLAIN, new StepRules(64, 512, 8), 1),
              new Numerics(Device.CPU, NumberType.F32, KernelForm.PLAIN, RULES, 2))) {
        fingerprints.add(other.layout(tiny).fingerprint());
      }
      TextAssets otherText = new TextAssets("{}", null, "", "");
      LlamaConfig config = tiny.config();
      for (Checkpoint other :
          List.of(
              new Changed(tiny, config, tiny.text(), new BlockHash(1, 2, 3, 4)),
              new Changed(tiny, config, otherText, tiny.weightsDigest()),
              new Changed(tiny, turnedFaster(config), tiny.text(), tiny.weightsDigest()))) {
        fingerprints.add(PLAIN.layout(other).fingerprint());
      }
      assertEquals(fingerprints.size(), new HashSet<>(fingerprints).size());
      assertEquals(fingerprints.get(0), PLAIN.layout(tiny).fingerprint(), "the same each time");
    }
  }

  /** Of the same weights, whose positions turn otherwise. */
  private static LlamaConfig turnedFaster(LlamaConfig config) {
    return new LlamaConfig(
        config.id(),
        config.layers(),
        config.hiddenSize(),
        config.heads(),
        config.kvHeads(),
        config.headSize(),
        config.intermediateSize(),
        config.vocabularySize(),
        config.contextTokens(),
        new Rope(20_000, new Rope.Scaling.None()),
        config.rmsEpsilon(),
        config.tiedEmbeddings(),
        config.eosTokenIds());
  }

  /** A checkpoint of which one thing is another. */
  private record Changed(
      Checkpoint checkpoint, LlamaConfig config, TextAssets text, BlockHash weightsDigest)
      implements Checkpoint {
    @Override
    public long[] shape(String name) {
      return checkpoint.shape(name);
    }

    @Override
    public void read(String name, NumberType type, ByteBuffer out) {
      checkpoint.read(name, type, out);
    }

    @Override
    public void close() {}
  }
}

package dev.kvasir.engine;

import dev.kvasir.engine.EngineConfig.Device;
import dev.kvasir.engine.EngineConfig.Precision;
import dev.kvasir.engine.graph.KernelForm;
import dev.kvasir.engine.paged.BlockTable;
import dev.kvasir.engine.schedule.StepRules;
import dev.kvasir.engine.weights.Checkpoint;
import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.inference.Fingerprint;
import dev.kvasir.inference.KvLayout;
import dev.kvasir.inference.KvType;
import java.util.stream.IntStream;
import org.tensorflow.TensorFlow;

/**
 * How an engine computes: whatever, beside the model, can change a bit of K/V.
 *
 * @param device where the graph runs
 * @param numbers type of weights, activations and K/V
 * @param form of the graph
 * @param rules shapes of steps
 * @param shards parts of each layer
 */
record Numerics(Device device, NumberType numbers, KernelForm form, StepRules rules, int shards) {
  /** Raised with every change of ours that may change a bit of K/V. */
  private static final int VERSION = 5;

  /** The type that a precision stands for on this machine. */
  static NumberType numbers(Precision precision) {
    return switch (precision) {
      case BF16 -> NumberType.BF16;
      case F32 -> NumberType.F32;
      case AUTO -> Processor.computesBfloat16() ? NumberType.BF16 : NumberType.F32;
    };
  }

  /** The layout of a model's K/V computed this way, fingerprint included. */
  KvLayout layout(Checkpoint checkpoint) {
    LlamaConfig model = checkpoint.config();
    return new KvLayout(
        IntStream.range(0, model.layers()).boxed().toList(),
        model.kvHeads(),
        model.headSize(),
        BlockTable.BLOCK_SIZE,
        numbers == NumberType.BF16 ? KvType.BF16 : KvType.F32,
        fingerprint(checkpoint));
  }

  private Fingerprint fingerprint(Checkpoint checkpoint) {
    return new FingerprintBuilder()
        .add("weights", checkpoint.weightsDigest())
        .add("shape", checkpoint.config().numericShape())
        .add("tokenizer", checkpoint.text().tokenizerJson())
        .add("numbers", numbers)
        .add("block size", BlockTable.BLOCK_SIZE)
        .add("step rules", rules)
        .add("kernel form", form)
        .add("device", device)
        .add("processor", Processor.kind())
        .add("settings", Processor.numericSettings())
        .add("threads", Runtime.getRuntime().availableProcessors())
        .add("shards", shards)
        .add("tensorflow", TensorFlow.version())
        .add("numerics", VERSION)
        .build();
  }
}

package dev.kvasir.engine;

import dev.kvasir.engine.graph.KernelForm;
import dev.kvasir.engine.schedule.ScheduleLimits;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What an engine is started with.
 *
 * @param model a Hugging Face folder or a GGUF file
 * @param precision of activations and K/V, and of full weights
 * @param weights how many bits they have in the projections and the head; {@code BF16} is the same
 *     as {@code FULL} with that precision, and becomes it
 * @param device where the graph runs
 * @param contextTokens most tokens of a sequence; 0 for the model's own limit
 * @param poolMib memory for K/V blocks in MiB; 0 for a default that holds 16 sequences of 2,048
 *     tokens
 * @param limits of the schedule
 * @param kernelForm of the graph; null for the fastest with such weights that runs here
 */
public record EngineConfig(
    Path model,
    Precision precision,
    Weights weights,
    Device device,
    int contextTokens,
    int poolMib,
    ScheduleLimits limits,
    @Nullable KernelForm kernelForm) {
  /** Number format of the computation. */
  public enum Precision {
    /** BF16 where the processor computes it, else F32. */
    AUTO,
    BF16,
    F32
  }

  /** Number format of the weights in products. */
  public enum Weights {
    /** As the precision says. */
    FULL,
    /** The precision is bf16, whatever it would be by itself. */
    BF16,
    /** Quantized to 8 bits when they are loaded, activations in each step; on the CPU only. */
    INT8
  }

  /** Where the graph runs. */
  public enum Device {
    CPU,
    GPU
  }

  public EngineConfig {
    if (weights == Weights.INT8 && device != Device.CPU) {
      throw new IllegalArgumentException(
          "weights are int8, but only the cpu computes with these: set weights to full, or device to"
              + " cpu");
    }
    if (weights == Weights.BF16) {
      if (precision == Precision.F32) {
        throw new IllegalArgumentException(
            "weights are bf16, but the precision is f32: set weights to full, or precision to auto");
      }
      precision = Precision.BF16;
      weights = Weights.FULL;
    }
    if (contextTokens < 0 || poolMib < 0) {
      throw new IllegalArgumentException(
          "context and pool are %d tokens and %d MiB, but must be 0 (default) or more"
              .formatted(contextTokens, poolMib));
    }
    ScheduleLimits.stepTokensFault(limits.stepTokens())
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException(fault);
            });
  }

  /** With full weights. */
  public EngineConfig(
      Path model,
      Precision precision,
      Device device,
      int contextTokens,
      int poolMib,
      ScheduleLimits limits,
      @Nullable KernelForm kernelForm) {
    this(model, precision, Weights.FULL, device, contextTokens, poolMib, limits, kernelForm);
  }

  /** With full weights and default limits, in the fastest form of the graph that runs here. */
  public EngineConfig(
      Path model, Precision precision, Device device, int contextTokens, int poolMib) {
    this(model, precision, device, contextTokens, poolMib, ScheduleLimits.DEFAULT, null);
  }

  /** Defaults for all but the model. */
  public static EngineConfig of(Path model) {
    return new EngineConfig(model, Precision.AUTO, Device.CPU, 0, 0);
  }
}

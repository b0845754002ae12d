package dev.kvasir.bench.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.engine.weights.LlamaConfig;
import dev.kvasir.engine.weights.NumberType;
import dev.kvasir.engine.weights.Rope;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CeilingTest {
  /** SmolLM2-135M: 212 MFLOP a token and 69,120 for each slot, 269 MB of weights in bfloat16. */
  private static final LlamaConfig SMOL =
      new LlamaConfig(
          "smol",
          30,
          576,
          9,
          3,
          64,
          1_536,
          49_152,
          8_192,
          new Rope(100_000, new Rope.Scaling.None()),
          1e-5f,
          true,
          Set.of(2));

  private static final MachineSpeed SPEED = new MachineSpeed(20e6, 400e6); // 20 GB/s, 400 GFLOP/s

  private final Ceiling ceiling = new Ceiling(SMOL, NumberType.BF16, SPEED);

  @Test
  void millis_decode_isReadingTheWeightsOnce() {
    assertEquals(269.03 / 20, ceiling.millis(new Case.Decode(1, 512)).orElseThrow(), 0.01);
    assertEquals(269.03 / 20, ceiling.millis(new Case.Decode(16, 2_048)).orElseThrow(), 0.01);
  }

  @Test
  void millis_prefill_isComputingTokensAndSlots() {
    double gigaOperations = 512 * 0.21234 + 512 * 513 / 2 * 69_120e-9 + 0.0566;
    assertEquals(
        gigaOperations / 400 * 1e3, ceiling.millis(new Case.Prefill(0, 512)).orElseThrow(), 0.2);
  }

  @Test
  void millis_suffix_addsTheSlotsOfWhatIsCached() {
    double behindNothing = ceiling.millis(new Case.Prefill(0, 64)).orElseThrow();
    double behindMuch = ceiling.millis(new Case.Prefill(2_048, 64)).orElseThrow();
    assertEquals(64 * 2_048 * 69_120e-9 / 400 * 1e3, behindMuch - behindNothing, 0.01);
  }

  @Test
  void millis_underLoad_isUnknown() {
    assertTrue(ceiling.millis(new Case.FirstTokenUnderLoad()).isEmpty());
  }
}

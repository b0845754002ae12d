package dev.kvasir.ra;

import dev.kvasir.engine.EngineConfig;
import dev.kvasir.engine.EngineConfig.Device;
import dev.kvasir.engine.EngineConfig.Precision;
import dev.kvasir.engine.EngineConfig.Weights;
import dev.kvasir.engine.schedule.ScheduleLimits;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The adapter's properties as the server gives them, unchecked.
 *
 * @param model path of a Hugging Face folder or a GGUF file
 * @param precision {@code auto}, {@code bf16} or {@code f32}
 * @param weights {@code full}, {@code bf16} or {@code int8}
 * @param device {@code cpu} or {@code gpu}
 * @param contextTokens most tokens of a sequence; 0 for the model's own limit
 * @param poolMib memory for K/V blocks; 0 for the engine's default
 * @param stepTokens most prompt tokens between two decode steps; 0 for the engine's default
 * @param draftTokens most tokens drafted in a decode step; 0 for none
 * @param openWaitMillis longest wait for the blocks of a prompt; 0 for the engine's default
 * @param savedMib memory for the K/V of preempted sequences; 0 for the engine's default
 * @param idleBlocks most blocks that wait to be computed while nothing else runs; 0 for none
 * @param stopGraceMillis how long answers may take when the server is told to stop; 0 for 20 s
 */
record AdapterConfig(
    String model,
    String precision,
    String weights,
    String device,
    int contextTokens,
    int poolMib,
    int stepTokens,
    int draftTokens,
    int openWaitMillis,
    int savedMib,
    int idleBlocks,
    int stopGraceMillis) {

  /** Shorter than the 30 s after which a stopping server closes connections. */
  private static final Duration DEFAULT_STOP_GRACE = Duration.ofSeconds(20);

  /**
   * Checks all of it.
   *
   * @throws IllegalArgumentException naming every problem in one line
   */
  EngineConfig toEngineConfig() {
    List<String> problems = new ArrayList<>();
    if (!new File(model).exists()) {
      problems.add("model is '%s', but no such folder or file is there".formatted(model));
    }
    checkChoice("precision", precision, Precision.values(), problems);
    checkChoice("weights", weights, Weights.values(), problems);
    checkChoice("device", device, Device.values(), problems);
    checkNotNegative("contextTokens", contextTokens, problems);
    checkNotNegative("poolMib", poolMib, problems);
    checkNotNegative("openWaitMillis", openWaitMillis, problems);
    checkNotNegative("savedMib", savedMib, problems);
    if (idleBlocks < 0) {
      problems.add("idleBlocks is %d, but must be 0 (none) or more".formatted(idleBlocks));
    }
    checkNotNegative("stopGraceMillis", stopGraceMillis, problems);
    if (stepTokens != 0) {
      ScheduleLimits.stepTokensFault(stepTokens).ifPresent(problems::add);
    }
    ScheduleLimits.draftTokensFault(draftTokens).ifPresent(problems::add);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return new EngineConfig(
        Path.of(model),
        Precision.valueOf(precision.toUpperCase(Locale.ROOT)),
        Weights.valueOf(weights.toUpperCase(Locale.ROOT)),
        Device.valueOf(device.toUpperCase(Locale.ROOT)),
        contextTokens,
        poolMib,
        new ScheduleLimits(
            stepTokens > 0 ? stepTokens : ScheduleLimits.DEFAULT.stepTokens(),
            draftTokens,
            openWaitMillis > 0 ? openWaitMillis : ScheduleLimits.DEFAULT.openWaitMillis(),
            savedMib > 0 ? (long) savedMib << 20 : ScheduleLimits.DEFAULT.savedBytes(),
            idleBlocks),
        null);
  }

  /** How long answers may still take when the server is told to stop. */
  Duration stopGrace() {
    return stopGraceMillis == 0 ? DEFAULT_STOP_GRACE : Duration.ofMillis(stopGraceMillis);
  }

  private static void checkChoice(
      String name, String value, Enum<?>[] allowed, List<String> problems) {
    List<String> labels =
        Arrays.stream(allowed).map(choice -> choice.name().toLowerCase(Locale.ROOT)).toList();
    if (!labels.contains(value.toLowerCase(Locale.ROOT))) {
      String choices = labels.stream().collect(Collectors.joining(", "));
      problems.add("%s is '%s', but must be one of %s".formatted(name, value, choices));
    }
  }

  private static void checkNotNegative(String name, int value, List<String> problems) {
    if (value < 0) {
      problems.add("%s is %d, but must be 0 (default) or more".formatted(name, value));
    }
  }
}

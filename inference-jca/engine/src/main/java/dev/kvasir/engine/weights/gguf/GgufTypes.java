package dev.kvasir.engine.weights.gguf;

import dev.kvasir.engine.weights.ModelLoadException;
import dev.kvasir.engine.weights.tensor.TensorFormat;
import java.nio.file.Path;
import java.util.Map;

/** The numbers by which GGUF files name formats (ggml.h, enum ggml_type). */
final class GgufTypes {
  private static final Map<Integer, TensorFormat> FORMATS =
      Map.ofEntries(
          Map.entry(0, TensorFormat.F32),
          Map.entry(1, TensorFormat.F16),
          Map.entry(2, TensorFormat.Q4_0),
          Map.entry(3, TensorFormat.Q4_1),
          Map.entry(6, TensorFormat.Q5_0),
          Map.entry(7, TensorFormat.Q5_1),
          Map.entry(8, TensorFormat.Q8_0),
          Map.entry(12, TensorFormat.Q4_K),
          Map.entry(13, TensorFormat.Q5_K),
          Map.entry(14, TensorFormat.Q6_K),
          Map.entry(30, TensorFormat.BF16));

  /** Those that people meet, for the error's sake. */
  private static final Map<Integer, String> UNSUPPORTED =
      Map.ofEntries(
          Map.entry(9, "Q8_1"),
          Map.entry(10, "Q2_K"),
          Map.entry(11, "Q3_K"),
          Map.entry(15, "Q8_K"),
          Map.entry(16, "IQ2_XXS"),
          Map.entry(17, "IQ2_XS"),
          Map.entry(18, "IQ3_XXS"),
          Map.entry(19, "IQ1_S"),
          Map.entry(20, "IQ4_NL"),
          Map.entry(21, "IQ3_S"),
          Map.entry(22, "IQ2_S"),
          Map.entry(23, "IQ4_XS"),
          Map.entry(29, "IQ1_M"),
          Map.entry(34, "TQ1_0"),
          Map.entry(35, "TQ2_0"),
          Map.entry(39, "MXFP4"));

  private GgufTypes() {}

  static TensorFormat format(Path file, String tensor, int type) {
    TensorFormat format = FORMATS.get(type);
    if (format == null) {
      throw new ModelLoadException(
          "%s: tensor %s has type %s, but supported are F32, F16, BF16, Q8_0, Q4_0, Q4_1, Q5_0,"
                  .formatted(file, tensor, UNSUPPORTED.getOrDefault(type, "number " + type))
              + " Q5_1, Q4_K, Q5_K and Q6_K");
    }
    return format;
  }
}

package dev.kvasir.completion;

/**
 * How moved passages are mended.
 *
 * @param kind which of their tokens are computed again
 * @param ratio share of their tokens, from 0 to 1, that are computed again, of a kind that {@link
 *     BlendKind#hasRatio has} one; else not asked for
 */
public record Blend(BlendKind kind, double ratio) {
  /** As the paper's figures have it. */
  public static final double DEFAULT_RATIO = 0.15;

  public Blend {
    if (!(ratio >= 0 && ratio <= 1)) {
      throw new IllegalArgumentException("the ratio is %s, but must be 0 to 1".formatted(ratio));
    }
  }

  /** Of a kind, with the default ratio. */
  public static Blend of(BlendKind kind) {
    return new Blend(kind, DEFAULT_RATIO);
  }
}

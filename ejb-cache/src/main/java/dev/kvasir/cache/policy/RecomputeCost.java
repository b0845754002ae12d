package dev.kvasir.cache.policy;

import dev.kvasir.inference.ModelInfo;

/**
 * What computing a block anew takes, by its depth, in units of a prefix's first block: {@code 1 +
 * depth * growthPerBlock}, since attention looks back at all tokens before.
 *
 * @param growthPerBlock 0 or more
 */
public record RecomputeCost(double growthPerBlock) {
  /** Tokens after which a block of SmolLM2-135M costs twice as much as at the start. */
  public static final double SMOL_TOKENS_TO_DOUBLE = 3067;

  /** That of SmolLM2-135M with blocks of 64 tokens, where no model is told. */
  public static final RecomputeCost STANDARD = smol(64);

  public RecomputeCost {
    if (!(growthPerBlock >= 0)) {
      throw new IllegalArgumentException(
          "growthPerBlock is %s, but must be 0 or more".formatted(growthPerBlock));
    }
  }

  /** That of SmolLM2-135M, with blocks of so many tokens. */
  public static RecomputeCost smol(int blockTokens) {
    return new RecomputeCost(blockTokens / SMOL_TOKENS_TO_DOUBLE);
  }

  /** That of a model, by its shape. */
  public static RecomputeCost of(ModelInfo model) {
    return new RecomputeCost(model.layout().blockSize() / model.tokensToDouble());
  }

  /** Cost of a block at a depth. */
  double at(int depth) {
    return 1 + depth * growthPerBlock;
  }

  /** Cost of a block for each of its bytes. */
  double perByte(TreeBlock block) {
    return at(block.depth()) / Math.max(1, block.bytes());
  }
}

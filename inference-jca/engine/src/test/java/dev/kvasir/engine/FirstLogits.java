package dev.kvasir.engine;

import java.util.function.Consumer;

/** Keeps the logits of a sequence's first new token. */
final class FirstLogits implements Consumer<float[]> {
  private volatile float[] logits = {};

  @Override
  public void accept(float[] seen) {
    logits = seen.clone();
  }

  /** (vocabulary); empty before that token. */
  float[] get() {
    return logits;
  }
}

package dev.kvasir.engine.weights;

/** Whether the numbers of a config make a model. */
public final class ConfigCheck {
  private ConfigCheck() {}

  /**
   * Gives the config back.
   *
   * @throws IllegalArgumentException names the number that makes no sense
   */
  public static LlamaConfig checked(LlamaConfig config) {
    checkPositive("layers", config.layers());
    checkPositive("hidden size", config.hiddenSize());
    checkPositive("heads", config.heads());
    checkPositive("K/V heads", config.kvHeads());
    checkPositive("head size", config.headSize());
    checkPositive("intermediate size", config.intermediateSize());
    checkPositive("vocabulary size", config.vocabularySize());
    checkPositive("context", config.contextTokens());
    check(
        config.heads() % config.kvHeads() == 0,
        config.heads() + " heads cannot share " + config.kvHeads() + " K/V heads evenly");
    check(
        config.headSize() % 2 == 0,
        "head size is " + config.headSize() + ", but RoPE turns pairs of numbers");
    check(
        config.rmsEpsilon() >= 0 && config.rmsEpsilon() < 1,
        "RMS epsilon is " + config.rmsEpsilon() + ", but must be at least 0 and below 1");
    for (int id : config.eosTokenIds()) {
      check(
          id >= 0 && id < config.vocabularySize(),
          "end token " + id + " is not in the vocabulary of " + config.vocabularySize());
    }
    return config;
  }

  private static void checkPositive(String name, int value) {
    check(value > 0, name + " is " + value + ", but must be positive");
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}

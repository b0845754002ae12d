package dev.kvasir.engine.weights;

import java.util.Set;

/**
 * Shape of a LLaMA model.
 *
 * @param id name of its folder or file, without extension
 * @param layers transformer blocks
 * @param hiddenSize width of the residual stream
 * @param heads query heads
 * @param kvHeads K/V heads; divides {@code heads}
 * @param headSize numbers per head
 * @param intermediateSize width of the MLP
 * @param vocabularySize token ids
 * @param contextTokens most positions
 * @param rope rotary position embedding
 * @param rmsEpsilon added to the mean square
 * @param tiedEmbeddings whether the output head is the embedding
 * @param eosTokenIds tokens that end an answer
 */
public record LlamaConfig(
    String id,
    int layers,
    int hiddenSize,
    int heads,
    int kvHeads,
    int headSize,
    int intermediateSize,
    int vocabularySize,
    int contextTokens,
    Rope rope,
    float rmsEpsilon,
    boolean tiedEmbeddings,
    Set<Integer> eosTokenIds) {
  public LlamaConfig {
    eosTokenIds = Set.copyOf(eosTokenIds);
  }

  /** Number of weights. */
  public long parameters() {
    long norms = 2L * hiddenSize;
    long embeddings = (long) vocabularySize * hiddenSize * (tiedEmbeddings ? 1 : 2);
    return layers * (productsPerLayer() + norms) + embeddings + hiddenSize;
  }

  /**
   * Depth in a prompt at which a token takes twice as many products as the first one: there looking
   * back, at keys and at values, takes as many as the weights do. The head is left out, since a
   * prompt needs it once.
   */
  public double tokensToDouble() {
    return productsPerLayer() / (2.0 * heads * headSize);
  }

  /** Weights of a layer that each token is multiplied with. */
  private long productsPerLayer() {
    long attention = 2L * hiddenSize * headSize * (heads + kvHeads);
    long mlp = 3L * hiddenSize * intermediateSize;
    return attention + mlp;
  }

  /** All that the numbers depend on, as text: the name of the file is left out. */
  public String numericShape() {
    return "layers=%d hidden=%d heads=%d kvHeads=%d headSize=%d intermediate=%d vocabulary=%d rope=%s epsilon=%s tied=%s"
        .formatted(
            layers,
            hiddenSize,
            heads,
            kvHeads,
            headSize,
            intermediateSize,
            vocabularySize,
            rope,
            rmsEpsilon,
            tiedEmbeddings);
  }
}

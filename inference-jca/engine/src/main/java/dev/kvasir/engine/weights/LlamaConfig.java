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
}

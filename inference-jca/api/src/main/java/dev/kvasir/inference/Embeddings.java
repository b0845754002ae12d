package dev.kvasir.inference;

import java.util.List;

/**
 * Vectors of texts, in the texts' order.
 *
 * @param vectors (texts, dimensions), each of length 1; the caller's own
 * @param tokens of all texts, without what the model puts around them
 */
public record Embeddings(List<float[]> vectors, int tokens) {
  public Embeddings {
    vectors = List.copyOf(vectors);
  }
}

package dev.kvasir.inference;

import java.util.List;

/** Turns texts into vectors whose angle tells how near their meanings are. Safe for all threads. */
public interface TextEmbedder {
  /** Name in requests. */
  String id();

  /** Length of each vector. */
  int dimensions();

  /** Most tokens of a text. */
  int maxTokens();

  /**
   * Tokens of a text, however long. The first call loads the model.
   *
   * @throws InferenceException if the model cannot be loaded
   */
  int countTokens(String text);

  /**
   * The vectors of texts, in their order, on the caller's thread. The first call loads the model.
   *
   * @param texts none of them blank; what is behind {@link #maxTokens()} is not read
   * @throws InferenceException if the model cannot be loaded, or fails
   */
  Embeddings embed(List<String> texts);
}

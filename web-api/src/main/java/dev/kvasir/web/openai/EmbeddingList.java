package dev.kvasir.web.openai;

import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;

/**
 * Answer of {@code POST /v1/embeddings}.
 *
 * @param object always {@code list}
 * @param data a vector for each text, in their order
 * @param model that made them
 * @param usage tokens of all texts
 */
@JsonbPropertyOrder({"object", "data", "model", "usage"})
public record EmbeddingList(String object, List<Vector> data, String model, EmbeddingUsage usage) {
  /**
   * A text's vector.
   *
   * @param object always {@code embedding}
   * @param index of the text
   * @param embedding numbers, or the base64 of their little-endian 32 bits each
   */
  @JsonbPropertyOrder({"object", "index", "embedding"})
  public record Vector(String object, int index, JsonValue embedding) {}

  /** Tokens read; none are written. */
  @JsonbPropertyOrder({"promptTokens", "totalTokens"})
  public record EmbeddingUsage(int promptTokens, int totalTokens) {}
}

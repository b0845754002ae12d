package dev.kvasir.web.openai;

import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /v1/embeddings}.
 *
 * @param model id of the embedding model
 * @param input a text or an array of texts
 * @param encodingFormat {@code float}, the default, or {@code base64}
 * @param dimensions the model's own number, if at all
 * @param user changes nothing
 */
public record EmbeddingRequest(
    @Nullable String model,
    @Nullable JsonValue input,
    @Nullable String encodingFormat,
    @Nullable Integer dimensions,
    @Nullable String user) {}

package dev.kvasir.engine.weights;

import org.jspecify.annotations.Nullable;

/**
 * A model's text side.
 *
 * @param tokenizerJson in the form of Hugging Face's tokenizer.json
 * @param chatTemplate Jinja source; null if the model has none
 * @param bosToken text of the begin token, or empty
 * @param eosToken text of the end token, or empty
 */
public record TextAssets(
    String tokenizerJson, @Nullable String chatTemplate, String bosToken, String eosToken) {}

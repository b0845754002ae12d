package dev.kvasir.engine.weights.gguf;

import com.google.gson.JsonObject;
import dev.kvasir.engine.weights.ModelLoadException;
import dev.kvasir.engine.weights.TextAssets;

/** The text side of a GGUF file, its tokenizer brought into the form of tokenizer.json. */
final class GgufText {
  private GgufText() {}

  /**
   * Reads the metadata under {@code tokenizer}.
   *
   * @throws ModelLoadException if it is missing, does not fit together, or is of an unknown family
   */
  static TextAssets read(GgufMetadata metadata) {
    GgufVocabulary vocabulary = GgufVocabulary.read(metadata);
    String family = metadata.text("tokenizer.ggml.model");
    JsonObject tokenizer =
        switch (family) {
          case "gpt2" -> BytePairTokenizer.json(metadata, vocabulary);
          case "llama" -> SentencePieceTokenizer.json(metadata, vocabulary);
          default -> throw metadata.wrong("tokenizer.ggml.model", family, "gpt2 or llama");
        };
    return new TextAssets(
        tokenizer.toString(),
        metadata.optionalText("tokenizer.chat_template").orElse(null),
        vocabulary.special(metadata, "bos").orElse(""),
        vocabulary.special(metadata, "eos").orElse(""));
  }
}

package dev.kvasir.engine.weights.gguf;

import static dev.kvasir.engine.weights.gguf.TokenizerParts.array;
import static dev.kvasir.engine.weights.gguf.TokenizerParts.pattern;
import static dev.kvasir.engine.weights.gguf.TokenizerParts.sequence;
import static dev.kvasir.engine.weights.gguf.TokenizerParts.typed;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/**
 * tokenizer.json for GGUF's {@code gpt2} family: byte-level BPE. How a text is cut into words is
 * named by {@code tokenizer.ggml.pre}; the patterns are those of llama.cpp (llama-vocab.cpp,
 * llm_tokenizer_bpe).
 */
final class BytePairTokenizer {
  private static final String GPT2_WORDS =
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
  private static final String LLAMA3_WORDS =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  private static final String PUNCTUATION = "[\\p{P}\\$\\+<=>\\^~\\|]+";

  private BytePairTokenizer() {}

  static JsonObject json(GgufMetadata metadata, GgufVocabulary vocabulary) {
    String pre = metadata.optionalText("tokenizer.ggml.pre").orElse("default");
    boolean isLlama3 = isLlama3(pre);
    JsonObject tokenizer = new JsonObject();
    tokenizer.addProperty("version", "1.0");
    tokenizer.add("added_tokens", vocabulary.addedTokens());
    tokenizer.add("normalizer", JsonNull.INSTANCE);
    tokenizer.add("pre_tokenizer", words(metadata, pre));
    tokenizer.add("post_processor", postProcessor(metadata, vocabulary, isLlama3));
    tokenizer.add("decoder", byteLevel(true, true));
    tokenizer.add("model", model(metadata, vocabulary, isLlama3));
    return tokenizer;
  }

  private static boolean isLlama3(String pre) {
    return switch (pre) {
      case "llama-bpe", "llama3", "llama-v3" -> true;
      default -> false;
    };
  }

  private static JsonObject words(GgufMetadata metadata, String pre) {
    boolean prefixSpace = metadata.flag("tokenizer.ggml.add_space_prefix", false);
    if (isLlama3(pre)) {
      return cut(prefixSpace, split(LLAMA3_WORDS));
    }
    return switch (pre) {
      case "gpt-2", "gpt2" -> byteLevel(prefixSpace, true);
      case "smollm" ->
          sequence(
              "pretokenizers",
              split("[0-9]"), // not \p{N}, as llama.cpp: see docs/decisions.md
              byteLevel(prefixSpace, true));
      case "default" ->
          cut(
              prefixSpace,
              split(PUNCTUATION),
              split(GPT2_WORDS),
              split("\\p{N}+"),
              split("[0-9][0-9][0-9]"));
      default ->
          throw metadata.wrong(
              "tokenizer.ggml.pre", pre, "one of default, gpt-2, smollm, llama-bpe, llama3");
    };
  }

  private static JsonObject cut(boolean prefixSpace, JsonObject... splits) {
    JsonArray all = array(splits);
    all.add(byteLevel(prefixSpace, false));
    return typed("Sequence", "pretokenizers", all);
  }

  private static JsonObject split(String regex) {
    return typed(
        "Split", "pattern", pattern("Regex", regex), "behavior", "Isolated", "invert", false);
  }

  private static JsonObject byteLevel(boolean prefixSpace, boolean useRegex) {
    return typed(
        "ByteLevel", "add_prefix_space", prefixSpace, "trim_offsets", true, "use_regex", useRegex);
  }

  private static JsonObject postProcessor(
      GgufMetadata metadata, GgufVocabulary vocabulary, boolean beginsByDefault) {
    boolean begin = metadata.flag("tokenizer.ggml.add_bos_token", beginsByDefault);
    boolean end = metadata.flag("tokenizer.ggml.add_eos_token", false);
    return TokenizerParts.aroundText(
        vocabulary,
        begin ? vocabulary.special(metadata, "bos").orElse("") : "",
        end ? vocabulary.special(metadata, "eos").orElse("") : "");
  }

  private static JsonObject model(
      GgufMetadata metadata, GgufVocabulary vocabulary, boolean ignoreMerges) {
    JsonArray merges = new JsonArray();
    for (String merge : metadata.texts("tokenizer.ggml.merges")) {
      int space = merge.indexOf(' ', 1);
      if (space < 0) {
        throw metadata.wrong("tokenizer.ggml.merges", merge, "two tokens with a space between");
      }
      merges.add(
          array(
              new JsonPrimitive(merge.substring(0, space)),
              new JsonPrimitive(merge.substring(space + 1))));
    }
    return typed(
        "BPE",
        "fuse_unk",
        false,
        "byte_fallback",
        false,
        "ignore_merges",
        ignoreMerges,
        "vocab",
        vocabulary.vocab(),
        "merges",
        merges);
  }
}

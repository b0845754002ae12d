package dev.kvasir.engine.weights.gguf;

import static dev.kvasir.engine.weights.gguf.TokenizerParts.array;
import static dev.kvasir.engine.weights.gguf.TokenizerParts.pattern;
import static dev.kvasir.engine.weights.gguf.TokenizerParts.sequence;
import static dev.kvasir.engine.weights.gguf.TokenizerParts.typed;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * tokenizer.json for GGUF's {@code llama} family: SentencePiece's BPE, spaces as U+2581, unknown
 * characters as bytes. SentencePiece joins the pair whose result has the best score; tokenizers
 * joins by a list, so scores become a list as in transformers' converter (generate_merges).
 */
final class SentencePieceTokenizer {
  private static final String SPACE = "\u2581";

  private SentencePieceTokenizer() {}

  static JsonObject json(GgufMetadata metadata, GgufVocabulary vocabulary) {
    boolean prefixSpace = metadata.flag("tokenizer.ggml.add_space_prefix", true);
    JsonObject tokenizer = new JsonObject();
    tokenizer.addProperty("version", "1.0");
    tokenizer.add("added_tokens", vocabulary.addedTokens());
    tokenizer.add("normalizer", normalizer(prefixSpace));
    tokenizer.add("pre_tokenizer", JsonNull.INSTANCE);
    tokenizer.add("post_processor", postProcessor(metadata, vocabulary));
    tokenizer.add("decoder", decoder(prefixSpace));
    tokenizer.add("model", model(metadata, vocabulary));
    return tokenizer;
  }

  private static JsonObject normalizer(boolean prefixSpace) {
    JsonObject spaces = typed("Replace", "pattern", pattern("String", " "), "content", SPACE);
    return prefixSpace
        ? sequence("normalizers", typed("Prepend", "prepend", SPACE), spaces)
        : sequence("normalizers", spaces);
  }

  private static JsonObject decoder(boolean prefixSpace) {
    JsonArray decoders =
        array(
            typed("Replace", "pattern", pattern("String", SPACE), "content", " "),
            typed("ByteFallback"),
            typed("Fuse"));
    if (prefixSpace) {
      decoders.add(typed("Strip", "content", " ", "start", 1, "stop", 0));
    }
    return typed("Sequence", "decoders", decoders);
  }

  private static JsonObject postProcessor(GgufMetadata metadata, GgufVocabulary vocabulary) {
    boolean begin = metadata.flag("tokenizer.ggml.add_bos_token", true);
    boolean end = metadata.flag("tokenizer.ggml.add_eos_token", false);
    return TokenizerParts.aroundText(
        vocabulary,
        begin ? vocabulary.special(metadata, "bos").orElse("") : "",
        end ? vocabulary.special(metadata, "eos").orElse("") : "");
  }

  private static JsonObject model(GgufMetadata metadata, GgufVocabulary vocabulary) {
    JsonObject model =
        typed(
            "BPE",
            "fuse_unk",
            true,
            "byte_fallback",
            true,
            "vocab",
            vocabulary.vocab(),
            "merges",
            merges(metadata, vocabulary));
    vocabulary
        .special(metadata, "unknown")
        .ifPresent(unknown -> model.addProperty("unk_token", unknown));
    return model;
  }

  private static JsonArray merges(GgufMetadata metadata, GgufVocabulary vocabulary) {
    List<Merge> merges = new ArrayList<>();
    double[] scores = scores(metadata, vocabulary);
    for (int id = 0; id < scores.length; id++) {
      addMerges(merges, vocabulary, id, scores[id]);
    }
    merges.sort(Merge.BEST_FIRST);
    JsonArray pairs = new JsonArray();
    for (Merge merge : merges) {
      pairs.add(array(new JsonPrimitive(merge.left), new JsonPrimitive(merge.right)));
    }
    return pairs;
  }

  private static double[] scores(GgufMetadata metadata, GgufVocabulary vocabulary) {
    String key = "tokenizer.ggml.scores";
    double @Nullable [] scores = metadata.numbers(key);
    int count = vocabulary.tokens().size();
    if (scores == null || scores.length != count) {
      throw metadata.wrong(
          key,
          scores == null ? "missing" : scores.length + " numbers",
          "there, one for each of " + count + " tokens");
    }
    return scores;
  }

  private static void addMerges(
      List<Merge> merges, GgufVocabulary vocabulary, int id, double score) {
    Map<String, Integer> ids = vocabulary.ids();
    String token = vocabulary.tokens().get(id);
    List<Merge> ofToken = new ArrayList<>();
    for (int cut = 1; cut < token.length(); cut++) {
      Integer left = ids.get(token.substring(0, cut));
      Integer right = ids.get(token.substring(cut));
      if (left != null && right != null) {
        ofToken.add(new Merge(token.substring(0, cut), token.substring(cut), score, left, right));
      }
    }
    ofToken.sort(Comparator.comparingInt(Merge::leftId).thenComparingInt(Merge::rightId));
    merges.addAll(ofToken);
  }

  private record Merge(String left, String right, double score, int leftId, int rightId) {
    /** Ties: the longer left part, then the longer right one, as in transformers. */
    static final Comparator<Merge> BEST_FIRST =
        Comparator.comparingDouble(Merge::score)
            .thenComparingInt(merge -> merge.left.length())
            .thenComparingInt(merge -> merge.right.length())
            .reversed();
  }
}

package dev.kvasir.engine.weights.gguf;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.kvasir.engine.weights.ModelLoadException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a GGUF file.
 *
 * @param tokens by id
 * @param ids by token
 * @param kinds by id, as llama.h's enum llama_token_type
 */
record GgufVocabulary(List<String> tokens, Map<String, Integer> ids, List<Integer> kinds) {
  private static final int NORMAL = 1;
  private static final int UNKNOWN = 2;
  private static final int CONTROL = 3;
  private static final int USER_DEFINED = 4;

  static GgufVocabulary read(GgufMetadata metadata) {
    List<String> tokens = metadata.texts("tokenizer.ggml.tokens");
    Map<String, Integer> ids = new HashMap<>();
    for (int id = 0; id < tokens.size(); id++) {
      Integer other = ids.put(tokens.get(id), id);
      if (other != null) {
        throw new ModelLoadException(
            "%s: tokens %d and %d are the same text".formatted(metadata.file(), other, id));
      }
    }
    return new GgufVocabulary(tokens, ids, kinds(metadata, tokens.size()));
  }

  private static List<Integer> kinds(GgufMetadata metadata, int count) {
    String key = "tokenizer.ggml.token_type";
    double @Nullable [] kinds = metadata.numbers(key);
    if (kinds == null) {
      return Collections.nCopies(count, NORMAL);
    }
    if (kinds.length != count) {
      throw metadata.wrong(key, kinds.length + " numbers", "one for each of " + count + " tokens");
    }
    return Arrays.stream(kinds).mapToInt(kind -> (int) kind).boxed().toList();
  }

  /** The text of the token that the metadata name as {@code kind} ("bos", "eos", "unknown"). */
  Optional<String> special(GgufMetadata metadata, String kind) {
    String key = "tokenizer.ggml." + kind + "_token_id";
    int id = metadata.integer(key, -1);
    if (id < 0) {
      return Optional.empty();
    }
    if (id >= tokens.size()) {
      throw metadata.wrong(key, id, "below the number of tokens, " + tokens.size());
    }
    return Optional.of(tokens.get(id));
  }

  /** {@code model.vocab} of a tokenizer.json. */
  JsonObject vocab() {
    JsonObject vocab = new JsonObject();
    for (int id = 0; id < tokens.size(); id++) {
      vocab.addProperty(tokens.get(id), id);
    }
    return vocab;
  }

  /** {@code added_tokens} of a tokenizer.json: those that are cut out of a text as they stand. */
  JsonArray addedTokens() {
    JsonArray added = new JsonArray();
    for (int id = 0; id < tokens.size(); id++) {
      int kind = kinds.get(id);
      if (kind == CONTROL || kind == UNKNOWN || kind == USER_DEFINED) {
        JsonObject token = new JsonObject();
        token.addProperty("id", id);
        token.addProperty("content", tokens.get(id));
        token.addProperty("single_word", false);
        token.addProperty("lstrip", false);
        token.addProperty("rstrip", false);
        token.addProperty("normalized", false);
        token.addProperty("special", kind != USER_DEFINED);
        added.add(token);
      }
    }
    return added;
  }
}

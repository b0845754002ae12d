package dev.kvasir.web.openai;

import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answer of {@code POST /tokenize}. Both lists are (tokens).
 *
 * @param count of the tokens
 * @param maxModelLen most tokens of prompt and answer together
 * @param tokens their ids
 * @param tokenStrs each as the vocabulary spells it; null unless asked for
 */
@JsonbNillable
@JsonbPropertyOrder({"count", "maxModelLen", "tokens", "tokenStrs"})
public record TokenizeResponse(
    int count, int maxModelLen, List<Integer> tokens, @Nullable List<String> tokenStrs) {}

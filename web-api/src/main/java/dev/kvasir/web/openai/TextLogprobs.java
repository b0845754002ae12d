package dev.kvasir.web.openai;

import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import java.util.Map;

/**
 * Log-probabilities of a plain completion, or of what is new of it. All lists are (tokens).
 *
 * @param tokens their texts
 * @param tokenLogprobs their log-probabilities
 * @param topLogprobs the most likely tokens in each one's place, and it itself
 * @param textOffset characters of the completion before each
 */
@JsonbNillable // else Yasson leaves a null one out of its choice
@JsonbPropertyOrder({"tokens", "tokenLogprobs", "topLogprobs", "textOffset"})
public record TextLogprobs(
    List<String> tokens,
    List<Double> tokenLogprobs,
    List<Map<String, Double>> topLogprobs,
    List<Integer> textOffset) {}

package dev.kvasir.web.openai;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /detokenize}, as vLLM has it.
 *
 * @param model id or {@code default}; may be absent
 * @param tokens ids of the vocabulary
 */
public record DetokenizeRequest(@Nullable String model, @Nullable List<Integer> tokens) {}

package dev.kvasir.web.openai;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were computed, and why; under {@code kvasir.gaps}.
 *
 * @param reason why, as {@code miss_reason}
 * @param tokens how many
 * @param policy that evicted the first of their blocks; absent unless one did
 * @param agoS seconds since that left the cache; absent unless that is remembered
 */
@JsonbPropertyOrder({"reason", "tokens", "policy", "agoS"})
public record KvasirGap(
    String reason, int tokens, @Nullable String policy, @Nullable Double agoS) {}

package dev.kvasir.web.openai;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Wishes that only this server knows, under {@code kvasir} in a request.
 *
 * @param cache {@code on}, the default, or {@code off}: compute everything, share nothing
 * @param priority {@code high}, {@code normal}, the default, or {@code low}
 * @param scope with whom blocks are shared: {@code global}, the default, {@code tenant}, {@code
 *     session} or {@code off}; narrows what the server allows
 * @param session names the conversation
 * @param reuse {@code exact}, the default, or {@code passages}: K/V of the passages may come from
 *     other prompts, wherever they stood there; such an answer is approximate and says so
 * @param passages parts of the prompt that may stand in other prompts too
 * @param blend which tokens of reused passages are computed again: {@code none}, {@code epic}, the
 *     default, {@code cacheblend}, {@code kvshare} or {@code full}
 * @param blendRatio share of their tokens that {@code cacheblend} and {@code kvshare} compute
 *     again, 0 to 1
 */
public record KvasirOptions(
    @Nullable String cache,
    @Nullable String priority,
    @Nullable String scope,
    @Nullable String session,
    @Nullable String reuse,
    @Nullable List<KvasirPassage> passages,
    @Nullable String blend,
    @Nullable Double blendRatio) {}

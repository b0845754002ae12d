package dev.kvasir.web.openai;

import org.jspecify.annotations.Nullable;

/**
 * Wishes that only this server knows, under {@code kvasir} in a request.
 *
 * @param cache {@code on}, the default, or {@code off}: compute everything, share nothing
 * @param priority {@code high}, {@code normal}, the default, or {@code low}
 * @param scope with whom blocks are shared: {@code global}, the default, {@code tenant}, {@code
 *     session} or {@code off}; narrows what the server allows
 * @param session names the conversation
 */
public record KvasirOptions(
    @Nullable String cache,
    @Nullable String priority,
    @Nullable String scope,
    @Nullable String session) {}

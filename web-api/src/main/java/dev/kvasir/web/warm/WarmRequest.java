package dev.kvasir.web.warm;

import dev.kvasir.web.openai.ChatCompletionRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be computed beforehand; at least one of both lists.
 *
 * @param tenant whose requests will find it; {@code default} if absent
 * @param prompts plain texts
 * @param chats conversations, each an object with {@code messages} as for chat completions
 */
public record WarmRequest(
    @Nullable String tenant,
    @Nullable List<String> prompts,
    @Nullable List<ChatCompletionRequest> chats) {}

package dev.kvasir.web.openai;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /tokenize}, as vLLM has it.
 *
 * @param model id or {@code default}; may be absent
 * @param prompt a text; instead of messages
 * @param messages a conversation, which the model's chat template renders
 * @param tools that the messages' model may call
 * @param addSpecialTokens whether the tokenizer adds what it puts around a plain text: by default
 *     to a prompt, not to messages, whose template has it
 * @param addGenerationPrompt whether the head of the assistant's answer follows the messages, as it
 *     does by default
 * @param returnTokenStrs whether each token's spelling comes with the answer
 */
public record TokenizeRequest(
    @Nullable String model,
    @Nullable String prompt,
    @Nullable List<ChatCompletionRequest.Message> messages,
    @Nullable List<Tool> tools,
    @Nullable Boolean addSpecialTokens,
    @Nullable Boolean addGenerationPrompt,
    @Nullable Boolean returnTokenStrs) {}

package dev.kvasir.web.openai;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * Where the prompt's prefix was before it was answered, under {@code route} in {@link
 * KvasirReport}.
 *
 * @param node whose engine pool had the longest part of it, of those that had more than the node
 *     that answered; else that one
 * @param blocks that it had
 * @param key name of the last block of the prompt that can be found again
 */
@JsonbPropertyOrder({"node", "blocks", "key"})
public record KvasirRoute(String node, int blocks, String key) {}

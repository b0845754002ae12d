package dev.kvasir.bench.serve;

/**
 * One request of a conversation: what the user adds to it.
 *
 * @param conversation from 0; turns of one go one after another, with the answers before them
 * @param round place in its conversation, from 0
 * @param system the system prompt; the same in all turns of a conversation
 * @param text what the user says
 * @param maxTokens most tokens of the answer
 */
public record Turn(int conversation, int round, String system, String text, int maxTokens) {}

package dev.kvasir.inference;

/**
 * A function that the model wants called.
 *
 * @param id by which its result is named
 * @param name of the function
 * @param arguments a JSON object
 */
public record ToolCall(String id, String name, String arguments) {}

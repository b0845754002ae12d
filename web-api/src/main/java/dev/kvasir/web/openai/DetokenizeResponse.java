package dev.kvasir.web.openai;

/**
 * Answer of {@code POST /detokenize}.
 *
 * @param prompt the text of the tokens, special ones included
 */
public record DetokenizeResponse(String prompt) {}

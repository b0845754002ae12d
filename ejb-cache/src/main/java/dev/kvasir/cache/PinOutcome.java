package dev.kvasir.cache;

/**
 * What became of a wish to pin a text's blocks.
 *
 * @param blocks cached ones that are pinned by it
 * @param tokens of the text
 * @param wholeBlocks of the text; only such are cached
 */
public record PinOutcome(int blocks, int tokens, int wholeBlocks) {}

package dev.kvasir.web.cache;

/**
 * What became of a wish to pin or unpin.
 *
 * @param blocks pinned, or unpinned, by it
 */
public record PinnedBody(int blocks) {}

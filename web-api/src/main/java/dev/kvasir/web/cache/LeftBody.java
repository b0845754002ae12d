package dev.kvasir.web.cache;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * What became of a wish to take blocks out.
 *
 * @param blocks that left
 * @param more that are there still: ask again for them
 */
@JsonbPropertyOrder({"blocks", "more"})
public record LeftBody(int blocks, int more) {}

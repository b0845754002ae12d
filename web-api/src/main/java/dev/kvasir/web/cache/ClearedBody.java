package dev.kvasir.web.cache;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * What became of a wish to empty a tier.
 *
 * @param tier that was emptied
 * @param blocks that left it
 */
@JsonbPropertyOrder({"tier", "blocks"})
public record ClearedBody(String tier, long blocks) {}

package dev.kvasir.web.cache;

import org.jspecify.annotations.Nullable;

/**
 * What is to be kept from eviction: a text, or a block and those before it.
 *
 * @param text as it stands at the start of the rendered prompt
 * @param tenant whose blocks of the text; {@code default} if absent
 * @param hash of a block; instead of a text
 */
public record PinRequest(@Nullable String text, @Nullable String tenant, @Nullable String hash) {}

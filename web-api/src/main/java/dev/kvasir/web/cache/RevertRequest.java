package dev.kvasir.web.cache;

import org.jspecify.annotations.Nullable;

/**
 * Which settings are to come back.
 *
 * @param version number of a version in the history
 */
public record RevertRequest(@Nullable Long version) {}

package dev.kvasir.web.groups;

import org.jspecify.annotations.Nullable;

/** A group to make; {@code name} is the id, if it is missing. */
public record GroupRequest(@Nullable String id, @Nullable String name) {}

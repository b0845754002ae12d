package dev.kvasir.web.groups;

import org.jspecify.annotations.Nullable;

/** A tenant's consent: who gave it, and where that is written. */
public record ConsentRequest(@Nullable String givenBy) {}

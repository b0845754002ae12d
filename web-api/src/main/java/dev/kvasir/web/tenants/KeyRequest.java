package dev.kvasir.web.tenants;

import org.jspecify.annotations.Nullable;

/** A key to make: {@code role} is {@code app}, as without it, or {@code operator}. */
public record KeyRequest(
    @Nullable String name,
    @Nullable String role,
    @Nullable String expires,
    @Nullable Integer requestsPerMinute,
    @Nullable Integer tokensPerMinute) {}

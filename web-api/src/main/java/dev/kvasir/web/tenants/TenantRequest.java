package dev.kvasir.web.tenants;

import org.jspecify.annotations.Nullable;

/** A tenant to make. */
public record TenantRequest(@Nullable String id) {}

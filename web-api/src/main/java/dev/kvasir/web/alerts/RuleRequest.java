package dev.kvasir.web.alerts;

import org.jspecify.annotations.Nullable;

/** What is to be alarmed on: a condition as rules have it, or {@code off}. */
public record RuleRequest(@Nullable String condition) {}

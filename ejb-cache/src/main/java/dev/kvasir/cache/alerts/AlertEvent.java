package dev.kvasir.cache.alerts;

import java.time.Instant;

/**
 * An alert that began or ended.
 *
 * @param at when
 * @param rule which
 * @param firing whether it began
 * @param value that the rule was compared by
 */
public record AlertEvent(Instant at, AlertRule rule, boolean firing, double value) {}

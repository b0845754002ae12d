/**
 * A circuit breaker before the shared store: when the grid is in trouble, requests stop waiting for
 * it until a trial succeeds.
 */
@NullMarked
package dev.kvasir.cache.guard;

import org.jspecify.annotations.NullMarked;

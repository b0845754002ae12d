/**
 * The prefix cache over its tiers: the engine's block pool in front, the shared block store behind
 * it. Decides whether to load, fetches in one round, publishes in the background.
 */
@NullMarked
package dev.kvasir.cache.tiered;

import org.jspecify.annotations.NullMarked;

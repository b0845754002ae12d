/**
 * Who of the waiting requests gets the next decode slot: one bounded queue a node, fair over
 * tenants, by priority, and nobody waits for ever.
 */
@NullMarked
package dev.kvasir.cache.queue;

import org.jspecify.annotations.NullMarked;

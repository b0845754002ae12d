/**
 * Single flight: of many requests that lack the same prefix one computes it, here or on another
 * member, and the others wait for it, no longer than computing it themselves would take.
 */
@NullMarked
package dev.kvasir.cache.flight;

import org.jspecify.annotations.NullMarked;

/**
 * The shared K/V cache as its callers see it: look a prefix up, publish one, read the statistics,
 * change the settings.
 */
@NullMarked
package dev.kvasir.cache;

import org.jspecify.annotations.NullMarked;

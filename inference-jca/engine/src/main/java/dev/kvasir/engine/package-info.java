/**
 * The inference engine in plain Java SE: one loaded model, its block pool, and the sequences that
 * run on it.
 */
@NullMarked
package dev.kvasir.engine;

import org.jspecify.annotations.NullMarked;

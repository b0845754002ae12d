/**
 * Who owns which physical block of the K/V pool: free, held by sequences, or kept to be found again
 * by its hash.
 */
@NullMarked
package dev.kvasir.engine.paged;

import org.jspecify.annotations.NullMarked;

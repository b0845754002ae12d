/**
 * Approximate reuse: K/V of passages that stood elsewhere in other prompts. Asked for by a request,
 * said by its answer, and never an exact hit. Pure.
 */
@NullMarked
package dev.kvasir.cache.semantic;

import org.jspecify.annotations.NullMarked;

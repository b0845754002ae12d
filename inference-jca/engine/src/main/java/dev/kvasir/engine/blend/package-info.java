/**
 * A prompt's K/V put together from that of other prompts: rows moved to their new places, their
 * keys turned to their new positions.
 */
@NullMarked
package dev.kvasir.engine.blend;

import org.jspecify.annotations.NullMarked;

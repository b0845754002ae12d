/** Logits to token ids. */
@NullMarked
package dev.kvasir.engine.sample;

import org.jspecify.annotations.NullMarked;

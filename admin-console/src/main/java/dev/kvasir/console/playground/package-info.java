/** A chat with the model that shows where each prompt's K/V came from. */
@NullMarked
package dev.kvasir.console.playground;

import org.jspecify.annotations.NullMarked;

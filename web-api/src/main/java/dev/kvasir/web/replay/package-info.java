/** Writes that a client may repeat: the same {@code Idempotency-Key}, the same answer. */
@NullMarked
package dev.kvasir.web.replay;

import org.jspecify.annotations.NullMarked;

/** Answers as server-sent events: framing, order, cancellation. */
@NullMarked
package dev.kvasir.web.stream;

import org.jspecify.annotations.NullMarked;

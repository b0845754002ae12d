/** Tests of {@code dev.kvasir.web.stream}. */
@NullMarked
package dev.kvasir.web.stream;

import org.jspecify.annotations.NullMarked;

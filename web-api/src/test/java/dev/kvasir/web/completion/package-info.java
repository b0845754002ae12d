/** Tests of {@code dev.kvasir.web.completion}. */
@NullMarked
package dev.kvasir.web.completion;

import org.jspecify.annotations.NullMarked;

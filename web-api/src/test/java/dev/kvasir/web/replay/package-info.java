/** Tests of {@code dev.kvasir.web.replay}. */
@NullMarked
package dev.kvasir.web.replay;

import org.jspecify.annotations.NullMarked;

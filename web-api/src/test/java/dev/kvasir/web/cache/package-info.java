/** Tests of {@code dev.kvasir.web.cache}. */
@NullMarked
package dev.kvasir.web.cache;

import org.jspecify.annotations.NullMarked;

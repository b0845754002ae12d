/** Tests of {@code dev.kvasir.web.tool}. */
@NullMarked
package dev.kvasir.web.tool;

import org.jspecify.annotations.NullMarked;

/** Tests of {@code dev.kvasir.web.tenant}. */
@NullMarked
package dev.kvasir.web.tenant;

import org.jspecify.annotations.NullMarked;

/** Tests of {@code dev.kvasir.web.fault}. */
@NullMarked
package dev.kvasir.web.fault;

import org.jspecify.annotations.NullMarked;

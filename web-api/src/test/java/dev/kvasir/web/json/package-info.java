/** Tests of {@code dev.kvasir.web.json}. */
@NullMarked
package dev.kvasir.web.json;

import org.jspecify.annotations.NullMarked;

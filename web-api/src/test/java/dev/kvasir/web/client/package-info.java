/** Tests of {@code dev.kvasir.web.client}. */
@NullMarked
package dev.kvasir.web.client;

import org.jspecify.annotations.NullMarked;

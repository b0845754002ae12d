/** Filling the cache before traffic comes. */
@NullMarked
package dev.kvasir.web.warm;

import org.jspecify.annotations.NullMarked;

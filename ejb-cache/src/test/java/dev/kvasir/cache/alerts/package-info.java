/** Tests of the package of this name. */
@NullMarked
package dev.kvasir.cache.alerts;

import org.jspecify.annotations.NullMarked;

/** Tests of the package of this name. */
@NullMarked
package dev.kvasir.cache.policy;

import org.jspecify.annotations.NullMarked;

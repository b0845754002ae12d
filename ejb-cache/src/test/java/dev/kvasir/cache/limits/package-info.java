@NullMarked
package dev.kvasir.cache.limits;

import org.jspecify.annotations.NullMarked;

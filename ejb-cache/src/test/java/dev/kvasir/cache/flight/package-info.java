@NullMarked
package dev.kvasir.cache.flight;

import org.jspecify.annotations.NullMarked;

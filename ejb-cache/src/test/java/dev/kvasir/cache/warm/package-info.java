@NullMarked
package dev.kvasir.cache.warm;

import org.jspecify.annotations.NullMarked;

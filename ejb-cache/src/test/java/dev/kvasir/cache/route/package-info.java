@NullMarked
package dev.kvasir.cache.route;

import org.jspecify.annotations.NullMarked;

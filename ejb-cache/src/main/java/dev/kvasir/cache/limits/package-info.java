/** How often somebody may ask: buckets that fill evenly, in bounded tables. Plain Java. */
@NullMarked
package dev.kvasir.cache.limits;

import org.jspecify.annotations.NullMarked;

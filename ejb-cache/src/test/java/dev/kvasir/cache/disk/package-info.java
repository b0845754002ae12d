/** Tests of the disk tier. */
@NullMarked
package dev.kvasir.cache.disk;

import org.jspecify.annotations.NullMarked;

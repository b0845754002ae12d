/** Measurements on demand; never deployed. */
@NullMarked
package dev.kvasir.bench;

import org.jspecify.annotations.NullMarked;

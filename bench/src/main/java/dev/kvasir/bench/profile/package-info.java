/** Where the time of a step goes, operation by operation. */
@NullMarked
package dev.kvasir.bench.profile;

import org.jspecify.annotations.NullMarked;

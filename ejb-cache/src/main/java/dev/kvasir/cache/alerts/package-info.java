/**
 * Rules on the node's metrics: which of them are broken now, for how long, and whom that is told. A
 * rule compares a number of now, or of the last minutes, with a bound or with what it was before.
 */
@NullMarked
package dev.kvasir.cache.alerts;

import org.jspecify.annotations.NullMarked;

/**
 * What lies at a path: opens it as the kind of checkpoint that it is. {@code ModelCheck} does that
 * as a command.
 */
@NullMarked
package dev.kvasir.engine.weights.load;

import org.jspecify.annotations.NullMarked;

/**
 * Tensors as they lie in mapped files: format, shape, place, and their rows in the number format
 * that is wanted.
 */
@NullMarked
package dev.kvasir.engine.weights.tensor;

import org.jspecify.annotations.NullMarked;

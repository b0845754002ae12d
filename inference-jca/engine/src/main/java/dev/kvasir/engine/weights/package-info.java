/**
 * What a checkpoint gives, whatever it lies in: the model's shape, its tensors in the number format
 * that the graph wants, its text side. Packages below open and read it.
 */
@NullMarked
package dev.kvasir.engine.weights;

import org.jspecify.annotations.NullMarked;

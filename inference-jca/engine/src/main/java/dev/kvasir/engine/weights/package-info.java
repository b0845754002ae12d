/**
 * Checkpoints on disk (Hugging Face folders, GGUF files) as named tensors in the number format that
 * the graph wants.
 */
@NullMarked
package dev.kvasir.engine.weights;

import org.jspecify.annotations.NullMarked;

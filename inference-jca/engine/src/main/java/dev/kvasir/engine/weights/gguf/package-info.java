/** GGUF files: header and metadata as they are read, and what they say of model and tokenizer. */
@NullMarked
package dev.kvasir.engine.weights.gguf;

import org.jspecify.annotations.NullMarked;

/** Hugging Face folders: config, tokenizer files, and tensors in safetensors files. */
@NullMarked
package dev.kvasir.engine.weights.huggingface;

import org.jspecify.annotations.NullMarked;

/** Stored numbers as floats: formats of 16 and 32 bits, and GGUF's quantized blocks. */
@NullMarked
package dev.kvasir.engine.weights.numbers;

import org.jspecify.annotations.NullMarked;

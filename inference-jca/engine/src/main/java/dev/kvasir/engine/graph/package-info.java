/**
 * LLaMA as a TensorFlow graph over a paged K/V pool. A step takes token ids, positions, write slots
 * and block tables as plain arrays; the graph knows nothing of sequences.
 */
@NullMarked
package dev.kvasir.engine.graph;

import org.jspecify.annotations.NullMarked;

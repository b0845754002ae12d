package dev.kvasir.engine.graph;

/**
 * Some rows of one of the checkpoint's tensors.
 *
 * @param tensor its name
 * @param from first row, or number of a vector
 * @param to behind the last
 */
record TensorPart(String tensor, long from, long to) {}

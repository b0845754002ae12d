package dev.kvasir.engine.graph;

import java.util.List;

/**
 * A matrix of the graph, (out, in); it never changes.
 *
 * @param name of its variable
 * @param out rows: numbers that come out
 * @param in columns: numbers that go in
 * @param parts of the checkpoint that it consists of, below each other
 */
record Projection(String name, long out, long in, List<TensorPart> parts) {
  Projection {
    parts = List.copyOf(parts);
  }
}

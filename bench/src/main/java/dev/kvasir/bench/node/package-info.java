/** Measurements of nodes without servers. */
@NullMarked
package dev.kvasir.bench.node;

import org.jspecify.annotations.NullMarked;

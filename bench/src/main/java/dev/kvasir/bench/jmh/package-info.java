/** Microbenchmarks of what every request passes through, by JMH. */
@NullMarked
package dev.kvasir.bench.jmh;

import org.jspecify.annotations.NullMarked;

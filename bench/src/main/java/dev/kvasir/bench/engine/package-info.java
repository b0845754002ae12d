/** The engine alone, without cache and server, beside other systems on the same machine. */
@NullMarked
package dev.kvasir.bench.engine;

import org.jspecify.annotations.NullMarked;

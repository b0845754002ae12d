/** Load on any OpenAI-compatible endpoint, ours or another's. */
@NullMarked
package dev.kvasir.bench.serve;

import org.jspecify.annotations.NullMarked;

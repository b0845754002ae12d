/** Vectors of texts, by a small model that comes with the engine; apart from the loaded one. */
@NullMarked
package dev.kvasir.engine.embed;

import org.jspecify.annotations.NullMarked;

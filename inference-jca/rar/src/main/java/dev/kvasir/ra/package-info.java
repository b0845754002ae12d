/**
 * The JCA roles of an inference engine: the resource adapter is the engine's life, a managed
 * connection is one decode slot, a connection handle is one generation at a time.
 */
@NullMarked
package dev.kvasir.ra;

import org.jspecify.annotations.NullMarked;

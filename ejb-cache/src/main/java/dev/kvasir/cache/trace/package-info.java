/**
 * OpenTelemetry traces of requests. Only a node that is told to trace loads these classes: the
 * server needs no feature for them otherwise.
 */
@NullMarked
package dev.kvasir.cache.trace;

import org.jspecify.annotations.NullMarked;

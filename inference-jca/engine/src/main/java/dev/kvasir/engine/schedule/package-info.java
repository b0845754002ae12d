/**
 * What runs next: the one thread that owns block pool and graph, and the chunks in which prompts
 * are computed.
 */
@NullMarked
package dev.kvasir.engine.schedule;

import org.jspecify.annotations.NullMarked;

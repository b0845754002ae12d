/**
 * What bin/run does once all is built: checks what can be checked before a server starts, lays out
 * the node's directory, and runs Open Liberty in the foreground.
 */
@NullMarked
package dev.kvasir.launch;

import org.jspecify.annotations.NullMarked;

/** The cached blocks as a tree of prefixes: looked at, found by text, pinned, taken out. */
@NullMarked
package dev.kvasir.console.blocks;

import org.jspecify.annotations.NullMarked;

/**
 * The cached blocks as administrators walk them: a tree of prefixes in which what nothing branches
 * off is one run. Works on snapshots; whoever asks waits for no other member.
 */
@NullMarked
package dev.kvasir.cache.browse;

import org.jspecify.annotations.NullMarked;

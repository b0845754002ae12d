/**
 * The administrator's console: Faces pages over {@link dev.kvasir.cache.CacheAdmin} and {@link
 * dev.kvasir.completion.CompletionService}. One page = one view bean = one .xhtml of that name;
 * this package holds what all pages share. Pages show what {@link dev.kvasir.console.Snapshots}
 * took last, so none of them waits for the grid.
 */
@NullMarked
package dev.kvasir.console;

import org.jspecify.annotations.NullMarked;

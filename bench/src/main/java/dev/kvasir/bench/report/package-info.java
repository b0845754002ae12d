/** Figures of a run: as a table, and as JSON. */
@NullMarked
package dev.kvasir.bench.report;

import org.jspecify.annotations.NullMarked;

/** What the cache does now and did in the last minutes, as figures and charts. */
@NullMarked
package dev.kvasir.console.dashboard;

import org.jspecify.annotations.NullMarked;

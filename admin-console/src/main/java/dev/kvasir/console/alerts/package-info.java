/** Rules on this node's metrics: which are broken, and which were. */
@NullMarked
package dev.kvasir.console.alerts;

import org.jspecify.annotations.NullMarked;

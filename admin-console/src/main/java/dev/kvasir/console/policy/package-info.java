/** The settings of all nodes. */
@NullMarked
package dev.kvasir.console.policy;

import org.jspecify.annotations.NullMarked;

/** The settings of all nodes, and which blocks are kept from eviction. */
@NullMarked
package dev.kvasir.console.policy;

import org.jspecify.annotations.NullMarked;

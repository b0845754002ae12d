/** The nodes of the cluster and what each of them holds. */
@NullMarked
package dev.kvasir.console.members;

import org.jspecify.annotations.NullMarked;

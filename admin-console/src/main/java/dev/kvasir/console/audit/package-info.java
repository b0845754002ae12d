/** What administrators did, and who was turned away. */
@NullMarked
package dev.kvasir.console.audit;

import org.jspecify.annotations.NullMarked;

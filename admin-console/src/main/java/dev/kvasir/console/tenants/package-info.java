/** Tenants and their keys: made, listed, deleted. */
@NullMarked
package dev.kvasir.console.tenants;

import org.jspecify.annotations.NullMarked;

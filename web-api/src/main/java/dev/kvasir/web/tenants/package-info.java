/** Tenants and their keys, for administrators. */
@NullMarked
package dev.kvasir.web.tenants;

import org.jspecify.annotations.NullMarked;

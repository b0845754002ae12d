/** Who a request comes from, and which roles that gives. */
@NullMarked
package dev.kvasir.web.access;

import org.jspecify.annotations.NullMarked;

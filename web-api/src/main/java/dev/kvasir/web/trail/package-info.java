/** By what a request is found again: its id, from header to header. */
@NullMarked
package dev.kvasir.web.trail;

import org.jspecify.annotations.NullMarked;

/** What goes wrong, as one table from exception to HTTP status and OpenAI error body. */
@NullMarked
package dev.kvasir.web.fault;

import org.jspecify.annotations.NullMarked;

/** Whether the client of a request is still there. */
@NullMarked
package dev.kvasir.web.client;

import org.jspecify.annotations.NullMarked;

/**
 * One completion from its arrival to its last token: tokenize, look up, take a decode slot, load,
 * prefill, decode. Plain Java, so that it runs in a test as it runs in the server.
 */
@NullMarked
package dev.kvasir.cache.request;

import org.jspecify.annotations.NullMarked;

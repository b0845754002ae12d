/**
 * The access log: a JSON object a line for each request, which the policy simulator can replay;
 * {@code docs/bench.md} describes it. Written behind the requests' backs.
 */
@NullMarked
package dev.kvasir.cache.accesslog;

import org.jspecify.annotations.NullMarked;

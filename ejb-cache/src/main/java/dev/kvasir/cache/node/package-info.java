/** One node's cache put together from its parts: plain Java, the same in a server and in a test. */
@NullMarked
package dev.kvasir.cache.node;

import org.jspecify.annotations.NullMarked;

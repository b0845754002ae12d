/** The cache inside the server: configuration, start and stop, and the beans that others call. */
@NullMarked
package dev.kvasir.cache.ejb;

import org.jspecify.annotations.NullMarked;

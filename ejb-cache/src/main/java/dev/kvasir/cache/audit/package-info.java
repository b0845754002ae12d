/**
 * Who did what to the cluster, when, from where and with what result. Plain Java; what is noted
 * never holds a prompt, a token id, a password or a key.
 */
@NullMarked
package dev.kvasir.cache.audit;

import org.jspecify.annotations.NullMarked;

/**
 * Policies that run beside the live one on the requests of a node, without data: what another
 * policy or budget would hit. Off the request's path; bounded in time and memory.
 */
@NullMarked
package dev.kvasir.cache.shadow;

import org.jspecify.annotations.NullMarked;

/**
 * Who leaves the cache when its budget is used up: a tree of prefixes that gives up its leaves in
 * an order that can be switched at run time. Pure; time is a parameter.
 */
@NullMarked
package dev.kvasir.cache.policy;

import org.jspecify.annotations.NullMarked;

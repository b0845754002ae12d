/**
 * The data grid: blocks in partitions that own and back each other up, a replica of their index on
 * every member, settings and pins that all members see. The only package that knows Hazelcast.
 */
@NullMarked
package dev.kvasir.cache.grid;

import org.jspecify.annotations.NullMarked;

/**
 * Names of K/V blocks: pure functions from a namespace and token ids to chained hashes, so that
 * equal names mean equal prefixes and nothing else does.
 */
@NullMarked
package dev.kvasir.cache.chain;

import org.jspecify.annotations.NullMarked;

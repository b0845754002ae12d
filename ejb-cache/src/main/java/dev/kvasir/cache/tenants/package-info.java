/**
 * Tenants, the API keys by which they are known, the groups in which they share, and texts that
 * administrators write for all nodes: records that every node has, kept equal by their versions.
 * Plain Java; grid and disk are behind two small interfaces.
 */
@NullMarked
package dev.kvasir.cache.tenants;

import org.jspecify.annotations.NullMarked;

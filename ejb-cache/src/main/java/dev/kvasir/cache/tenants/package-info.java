/**
 * Tenants, the API keys by which they are known, and the groups in which they share: records that
 * every node has, kept equal by their versions. Plain Java; grid and disk are behind two small
 * interfaces.
 */
@NullMarked
package dev.kvasir.cache.tenants;

import org.jspecify.annotations.NullMarked;

/**
 * The resources under {@code /api}: statistics, policy, blocks, pins and members, for
 * administrators.
 */
@NullMarked
package dev.kvasir.web.cache;

import org.jspecify.annotations.NullMarked;

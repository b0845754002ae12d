/**
 * Lossless speculation: which tokens may come next, and whether rows for them pay (Leviathan et
 * al., arXiv:2211.17192; drafts by prompt look-up).
 */
@NullMarked
package dev.kvasir.engine.draft;

import org.jspecify.annotations.NullMarked;

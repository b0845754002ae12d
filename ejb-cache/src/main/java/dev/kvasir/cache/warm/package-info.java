/** Prompts that are computed before anybody asks for them, one at a time. */
@NullMarked
package dev.kvasir.cache.warm;

import org.jspecify.annotations.NullMarked;

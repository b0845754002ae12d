/**
 * Completions as an application sees them: {@link dev.kvasir.completion.CompletionService} is an
 * EJB business interface, local to the Kvasir application; other applications of the server get it
 * as {@code @Resource(lookup = "kvasir/completions")}.
 */
@NullMarked
package dev.kvasir.completion;

import org.jspecify.annotations.NullMarked;

/**
 * Completions as an application sees them: {@link dev.kvasir.completion.CompletionService} is an
 * EJB business interface, {@code java:global/kvasir/kvasir-cache/CompletionBean}, for the REST
 * endpoints and for any other application on the server.
 */
@NullMarked
package dev.kvasir.completion;

import org.jspecify.annotations.NullMarked;

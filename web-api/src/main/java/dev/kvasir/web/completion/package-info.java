/**
 * The resources under {@code /v1}: they validate, translate to the completion service and give its
 * answer the wire form.
 */
@NullMarked
package dev.kvasir.web.completion;

import org.jspecify.annotations.NullMarked;

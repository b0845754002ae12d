/**
 * The OpenAI JSON on the wire as records, and nothing else. Every component of a request may be
 * absent.
 */
@NullMarked
package dev.kvasir.web.openai;

import org.jspecify.annotations.NullMarked;

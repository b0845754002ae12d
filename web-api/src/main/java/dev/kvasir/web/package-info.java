/**
 * The HTTP API of Kvasir: OpenAI-compatible under {@code /v1}, administration under {@code /api}.
 */
@NullMarked
package dev.kvasir.web;

import org.jspecify.annotations.NullMarked;

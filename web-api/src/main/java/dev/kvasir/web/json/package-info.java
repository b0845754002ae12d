/**
 * How JSON becomes wire records and back: one JSON-B configuration, and a check of types that
 * JSON-B alone would bend silently.
 */
@NullMarked
package dev.kvasir.web.json;

import org.jspecify.annotations.NullMarked;

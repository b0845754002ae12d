/** Vectors of texts, by a small model beside the loaded one, in OpenAI's form. */
@NullMarked
package dev.kvasir.web.embedding;

import org.jspecify.annotations.NullMarked;

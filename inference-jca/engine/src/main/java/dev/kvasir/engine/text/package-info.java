/** Between text and token ids: tokenizer, chat template, and the way back token by token. */
@NullMarked
package dev.kvasir.engine.text;

import org.jspecify.annotations.NullMarked;

package dev.kvasir.engine;

import dev.kvasir.engine.constrain.Constraints;
import dev.kvasir.engine.text.ChatTemplate;
import dev.kvasir.engine.text.Tokenizer;

/** What a model does with text; needs neither graph nor pool. */
record TextSide(Tokenizer tokenizer, ChatTemplate template, Constraints constraints) {}

/**
 * Answers that keep to a form: a response format becomes an automaton over the answer's bytes, and
 * the automaton's state says which tokens may come next.
 */
@NullMarked
package dev.kvasir.engine.constrain;

import org.jspecify.annotations.NullMarked;

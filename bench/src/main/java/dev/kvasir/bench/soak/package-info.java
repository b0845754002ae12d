/** Two nodes under load while one of them is killed again and again: right answers, no leak. */
@NullMarked
package dev.kvasir.bench.soak;

import org.jspecify.annotations.NullMarked;

/** Tools that a chat may offer, and the calls of them that an answer has. */
@NullMarked
package dev.kvasir.web.tool;

import org.jspecify.annotations.NullMarked;

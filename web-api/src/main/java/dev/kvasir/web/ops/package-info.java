/** What operators probe: health with its reason. */
@NullMarked
package dev.kvasir.web.ops;

import org.jspecify.annotations.NullMarked;

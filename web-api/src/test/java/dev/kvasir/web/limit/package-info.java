@NullMarked
package dev.kvasir.web.limit;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.kvasir.web.ops;

import org.jspecify.annotations.NullMarked;

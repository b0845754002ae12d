@NullMarked
package dev.kvasir.web.access;

import org.jspecify.annotations.NullMarked;

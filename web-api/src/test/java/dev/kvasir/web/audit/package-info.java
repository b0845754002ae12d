@NullMarked
package dev.kvasir.web.audit;

import org.jspecify.annotations.NullMarked;

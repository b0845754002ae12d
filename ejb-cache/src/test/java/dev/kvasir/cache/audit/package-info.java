@NullMarked
package dev.kvasir.cache.audit;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.kvasir.cache.jpa;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.kvasir.cache.tenants;

import org.jspecify.annotations.NullMarked;

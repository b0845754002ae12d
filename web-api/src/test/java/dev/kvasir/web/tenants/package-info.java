@NullMarked
package dev.kvasir.web.tenants;

import org.jspecify.annotations.NullMarked;

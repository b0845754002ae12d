@NullMarked
package dev.kvasir.web.route;

import org.jspecify.annotations.NullMarked;

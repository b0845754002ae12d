/** Who asks: the API key of a request becomes the name of a tenant. */
@NullMarked
package dev.kvasir.web.tenant;

import org.jspecify.annotations.NullMarked;

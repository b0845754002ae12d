/** Which node had best answer a request, told to its client, or taken by this node itself. */
@NullMarked
package dev.kvasir.web.route;

import org.jspecify.annotations.NullMarked;

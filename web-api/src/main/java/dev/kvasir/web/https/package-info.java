/** The API by HTTPS alone, where a node is set so. */
@NullMarked
package dev.kvasir.web.https;

import org.jspecify.annotations.NullMarked;

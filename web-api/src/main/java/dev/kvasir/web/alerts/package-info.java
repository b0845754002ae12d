/** Which rules on the node's metrics are broken. */
@NullMarked
package dev.kvasir.web.alerts;

import org.jspecify.annotations.NullMarked;

/**
 * What administrators did and whom the server turned away: noted by a filter, read by a resource.
 */
@NullMarked
package dev.kvasir.web.audit;

import org.jspecify.annotations.NullMarked;

/** Groups of tenants who share cached blocks, for administrators. */
@NullMarked
package dev.kvasir.web.groups;

import org.jspecify.annotations.NullMarked;

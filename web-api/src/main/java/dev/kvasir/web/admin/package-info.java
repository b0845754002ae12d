/** Who may administrate. */
@NullMarked
package dev.kvasir.web.admin;

import org.jspecify.annotations.NullMarked;

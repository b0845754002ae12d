@NullMarked
package dev.kvasir.web.groups;

import org.jspecify.annotations.NullMarked;

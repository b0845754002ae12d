/** Tests of the whole module, and what its tests share. */
@NullMarked
package dev.kvasir.web;

import org.jspecify.annotations.NullMarked;

/**
 * Which node a request had best be answered on: the one whose engine pool has the longest part of
 * its prompt, unless that one is too busy. Pure.
 */
@NullMarked
package dev.kvasir.cache.route;

import org.jspecify.annotations.NullMarked;

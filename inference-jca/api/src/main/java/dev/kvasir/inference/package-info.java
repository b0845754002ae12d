/**
 * What callers of the inference adapter see: a connection factory, the loaded model, one decode
 * slot per connection, and the K/V blocks that pass between an engine and a cache. Neither
 * TensorFlow nor a data grid is named here.
 */
@NullMarked
package dev.kvasir.inference;

import org.jspecify.annotations.NullMarked;

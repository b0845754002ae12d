/**
 * Where tenants, keys, groups, texts and audit events outlive the nodes: tables, by Jakarta
 * Persistence.
 */
@NullMarked
package dev.kvasir.cache.jpa;

import org.jspecify.annotations.NullMarked;

package dev.kvasir.cache.audit;

/**
 * A kept event.
 *
 * @param id the same on all nodes; later events have greater ones, compared as texts
 * @param node where it happened
 * @param event what happened
 */
public record AuditRecord(String id, String node, AuditEvent event) {}

package dev.kvasir.cache.ejb;

import dev.kvasir.cache.audit.AuditEvent;
import dev.kvasir.cache.audit.AuditPage;
import dev.kvasir.cache.audit.AuditQuery;
import dev.kvasir.cache.audit.AuditTrail;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/** The node's audit trail, for the modules of this application. */
@Stateless(name = "AuditTrailBean")
@Local(AuditTrail.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AuditTrailBean implements AuditTrail {
  @EJB private CacheCoordinator coordinator;

  @Override
  public void record(AuditEvent event) {
    coordinator.audit().record(event);
  }

  @Override
  public AuditPage find(AuditQuery query) {
    return coordinator.audit().find(query);
  }
}

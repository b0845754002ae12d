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
import java.lang.System.Logger.Level;

/** The node's audit trail, for the modules of this application. */
@Stateless(name = "AuditTrailBean")
@Local(AuditTrail.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AuditTrailBean implements AuditTrail {
  private static final System.Logger LOG = System.getLogger(AuditTrailBean.class.getName());

  @EJB private DirectoryCoordinator coordinator;

  @Override
  public void record(AuditEvent event) {
    try {
      coordinator.audit().record(event);
    } catch (RuntimeException e) { // what was done stays done
      LOG.log(Level.WARNING, "KVASIR1005: an audit event is lost", e);
    }
  }

  @Override
  public AuditPage find(AuditQuery query) {
    return coordinator.audit().find(query);
  }
}

package dev.kvasir.cache.ejb;

import dev.kvasir.cache.limits.LoginGuard;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/** The node's one table of failed log-ins, for API and console. */
@Stateless(name = "LoginGuardBean")
@Local(LoginGuard.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LoginGuardBean implements LoginGuard {
  @EJB private DirectoryCoordinator coordinator;

  @Override
  public int secondsToWait(String address) {
    return coordinator.logins().secondsToWait(address);
  }

  @Override
  public void failed(String address) {
    coordinator.logins().failed(address);
  }
}

package dev.kvasir.cache.ejb;

import dev.kvasir.cache.tenants.ApiKey;
import dev.kvasir.cache.tenants.Grant;
import dev.kvasir.cache.tenants.NewKey;
import dev.kvasir.cache.tenants.Removal;
import dev.kvasir.cache.tenants.Tenant;
import dev.kvasir.cache.tenants.TenantDirectory;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The node's directory, for the modules of this application. */
@Stateless(name = "TenantDirectoryBean")
@Local(TenantDirectory.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TenantDirectoryBean implements TenantDirectory {
  @EJB private DirectoryCoordinator coordinator;

  @Override
  public List<Tenant> tenants() {
    return coordinator.directory().tenants();
  }

  @Override
  public boolean exists(String id) {
    return coordinator.directory().exists(id);
  }

  @Override
  public Tenant create(String id) {
    return coordinator.directory().create(id);
  }

  @Override
  public Removal delete(String id) {
    return coordinator.directory().delete(id);
  }

  @Override
  public List<ApiKey> keys(String tenant) {
    return coordinator.directory().keys(tenant);
  }

  @Override
  public NewKey createKey(Grant grant, @Nullable Instant expires) {
    return coordinator.directory().createKey(grant, expires);
  }

  @Override
  public void deleteKey(String tenant, String keyId) {
    coordinator.directory().deleteKey(tenant, keyId);
  }

  @Override
  public Optional<ApiKey> authenticate(String text) {
    return coordinator.directory().authenticate(text);
  }
}

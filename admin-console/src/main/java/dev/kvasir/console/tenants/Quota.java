package dev.kvasir.console.tenants;

import dev.kvasir.cache.CacheAdmin;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.ChangeOutcome;
import dev.kvasir.cache.SettingRefusedException;
import dev.kvasir.cache.SettingsVersion;
import dev.kvasir.cache.TenantLimits;
import dev.kvasir.console.Acts;
import dev.kvasir.console.Administrator;
import dev.kvasir.console.Notices;
import dev.kvasir.console.Snapshots;
import dev.kvasir.console.Texts;
import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** The part of the tenants' page about what the chosen one's blocks may take. */
@Named
@ViewScoped
@SuppressWarnings("serial") // the container injects proxies, which are serializable
public class Quota implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final System.Logger LOGGER = System.getLogger(Quota.class.getName());
  private static final int MIB_BITS = 20;

  @EJB CacheAdmin cache;
  @Inject Snapshots snapshots;
  @Inject Tenants tenants;
  @Inject Notices notices;
  @Inject Acts acts;
  @Inject Administrator administrator;

  private @Nullable SettingsVersion seen;
  private String tenant = "";
  private long mib;

  /** Sets the quota, unless somebody else changed settings since they were shown. */
  public void save() {
    SettingsVersion version = seen;
    if (version == null) {
      return;
    }
    try {
      acts.run("set quota", "tenant " + tenant, () -> save(version));
    } catch (SettingRefusedException e) {
      notices.failed(Texts.sentence(e.getMessage()));
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, "KVASIR-C10: a tenant's quota could not be set", e);
      notices.failed(Texts.of("tenants.failed"));
    }
  }

  private void save(SettingsVersion version) {
    CacheSettings old = version.settings();
    TenantLimits wanted = new TenantLimits(mib << MIB_BITS, old.limitsOf(tenant).lifetime());
    ChangeOutcome outcome =
        cache.change(administrator.name(), version.tag(), old.withLimits(tenant, wanted));
    show(outcome.now());
    if (outcome.done()) {
      notices.done(Texts.of("tenants.quotaSet", tenant));
    } else {
      notices.nothing(Texts.of("tenants.quotaFaster"));
    }
  }

  /** Shows what another tenant has as soon as that one is chosen. */
  private void follow() {
    if (!tenant.equals(tenants.getChosen())) {
      tenant = tenants.getChosen();
      show(cache.settings());
    }
  }

  private void show(SettingsVersion version) {
    seen = version;
    mib = version.settings().limitsOf(tenant).quotaBytes() >> MIB_BITS;
  }

  /** The quota in MiB of all members together; 0: no bound of its own. */
  public long getMib() {
    follow();
    return mib;
  }

  public void setMib(long mib) {
    this.mib = mib;
  }

  /** Bytes that the chosen tenant's blocks take in the grid, as last seen. */
  public long getUsedBytes() {
    return snapshots
        .latest()
        .map(snapshot -> snapshot.bytesByTenant().getOrDefault(tenants.getChosen(), 0L))
        .orElse(0L);
  }
}

package dev.kvasir.cache.ejb;

import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.audit.AuditStore;
import dev.kvasir.cache.audit.AuditTrail;
import dev.kvasir.cache.audit.StoredAudit;
import dev.kvasir.cache.limits.FailedAttempts;
import dev.kvasir.cache.limits.LoginGuard;
import dev.kvasir.cache.stats.LogLimit;
import dev.kvasir.cache.tenants.RecordStore;
import dev.kvasir.cache.tenants.SharedDirectory;
import dev.kvasir.cache.tenants.SharedTexts;
import dev.kvasir.cache.tenants.SharingGroups;
import dev.kvasir.cache.tenants.TenantDirectory;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the node, and who did what: starts the directory of tenants and keys and the audit
 * trail once the grid is joined, and keeps them up.
 */
@Singleton
@Startup
@DependsOn("CacheCoordinator")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DirectoryCoordinator {
  private static final Logger LOG = System.getLogger(DirectoryCoordinator.class.getName());
  private static final int UPKEEP_SECONDS = 10;

  private final LogLimit upkeepLog = new LogLimit(Ticker.system());

  @EJB private CacheCoordinator coordinator;
  @EJB private RecordStore records;
  @EJB private AuditStore events;
  @Resource private ManagedScheduledExecutorService executor;

  private volatile @Nullable StoredAudit audit;
  private volatile @Nullable SharedDirectory directory;
  private volatile @Nullable LoginGuard logins;
  private @Nullable Future<?> upkeep; // start and stop only

  @PostConstruct
  void start() {
    try {
      ConfigValues values =
          new ConfigValues(key -> ConfigProvider.getConfig().getOptionalValue(key, String.class));
      NodeConfig config = NodeConfig.read(values);
      SharedDirectory started =
          new SharedDirectory(
              coordinator.link().records(),
              records,
              ClusterSecret.read(config.secretFile()),
              new SharedDirectory.Site(InstantSource.system(), executor));
      started.start();
      coordinator.shareInGroups(started.salts()::textOf);
      keepSettings(started);
      audit =
          new StoredAudit(
              config.node(),
              values.number(NodeConfig.AUDIT_EVENTS, 100, 10_000_000),
              events,
              coordinator.link().auditFeed(),
              executor);
      upkeep =
          executor.scheduleWithFixedDelay(
              () -> keepUp(started), UPKEEP_SECONDS, UPKEEP_SECONDS, TimeUnit.SECONDS);
      logins =
          new FailedAttempts(
              values.number(NodeConfig.LOGIN_FAILURES, 1, 1_000_000), Ticker.system());
      directory = started;
    } catch (RuntimeException e) {
      LOG.log(
          Level.ERROR,
          "KVASIR1003: tenants and keys cannot be read; see whether the data source jdbc/kvasir answers",
          e);
      throw e;
    }
  }

  private void keepUp(SharedDirectory directory) {
    try {
      directory.upkeep();
      keepSettings(directory);
    } catch (RuntimeException e) {
      if (upkeepLog.allows()) {
        LOG.log(
            Level.WARNING,
            "KVASIR1004: tenants and keys were not compared with the other nodes ({0}); the next round tries again",
            e.toString());
      }
    }
  }

  /** After settings or pins were changed: what cannot be kept now is by the next round. */
  public void keepSettings() {
    keepSettings(CacheCoordinator.started(directory));
  }

  private void keepSettings(SharedDirectory directory) {
    try {
      coordinator.link().keepIn(directory.texts());
    } catch (RuntimeException e) {
      if (upkeepLog.allows()) {
        LOG.log(
            Level.WARNING,
            "KVASIR1010: settings and pins as they are now would not outlive all nodes ({0}); the next round tries again",
            e.toString());
      }
    }
  }

  /** What administrators did. */
  public AuditTrail audit() {
    return CacheCoordinator.started(audit);
  }

  /** Who failed to log in. */
  public LoginGuard logins() {
    return CacheCoordinator.started(logins);
  }

  /** What administrators wrote for all nodes. */
  public SharedTexts texts() {
    return CacheCoordinator.started(directory).texts();
  }

  /** Which tenants share with each other. */
  public SharingGroups groups() {
    return CacheCoordinator.started(directory).groups();
  }

  /** Tenants and their keys. */
  public TenantDirectory directory() {
    return CacheCoordinator.started(directory);
  }

  @PreDestroy
  void stop() {
    Future<?> repeating = upkeep;
    if (repeating != null) {
      repeating.cancel(false);
    }
    StoredAudit trail = audit;
    if (trail != null) {
      trail.write();
    }
  }
}

package dev.kvasir.cache.ejb;

import dev.kvasir.cache.alerts.Alert;
import dev.kvasir.cache.alerts.AlertEvent;
import dev.kvasir.cache.alerts.AlertWatch;
import dev.kvasir.cache.alerts.Alerts;
import dev.kvasir.cache.alerts.NodeRules;
import dev.kvasir.cache.metrics.RegistryMetrics;
import dev.kvasir.cache.tenants.SharedText;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.jspecify.annotations.Nullable;

/** This node's alerts: looks at its metrics every ten seconds, and tells whoever is configured. */
@Singleton(name = "AlertsBean")
@Startup
@Local(Alerts.class)
@DependsOn("DirectoryCoordinator")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AlertsBean implements Alerts {
  private static final Logger LOG = System.getLogger(AlertsBean.class.getName());

  @EJB private DirectoryCoordinator directory;
  @Inject private MetricRegistry registry;
  @Resource private ManagedScheduledExecutorService executor;
  private volatile @Nullable NodeRules rules;
  private volatile @Nullable AlertWatch watch;
  private @Nullable Future<?> looking; // start and stop only

  @PostConstruct
  void start() {
    ConfigValues values =
        new ConfigValues(key -> ConfigProvider.getConfig().getOptionalValue(key, String.class));
    String hook = values.text(NodeConfig.ALERT_WEBHOOK);
    Consumer<AlertEvent> listener =
        hook.isEmpty()
            ? event -> {}
            : new Webhook(values.text("kvasir.node"), URI.create(hook), executor);
    NodeRules read =
        new NodeRules(
            values.text(NodeConfig.ALERT_RULES), RegistryMetrics::isMetric, directory.texts());
    rules = read;
    watch =
        new AlertWatch(
            read.inForce(), new RegistryMetrics(registry), InstantSource.system(), listener);
    looking =
        executor.scheduleWithFixedDelay(
            this::look, AlertWatch.EVERY_SECONDS, AlertWatch.EVERY_SECONDS, TimeUnit.SECONDS);
  }

  private void look() {
    try {
      current().look();
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "KVASIR1006: the alerts stand still, as the metrics cannot be read ({0}); the next round"
              + " tries again",
          e.toString());
    }
  }

  /** The watch, of the rules that are in force now. */
  private AlertWatch current() {
    AlertWatch started = CacheCoordinator.started(watch);
    started.watch(rules().inForce());
    return started;
  }

  private NodeRules rules() {
    return CacheCoordinator.started(rules);
  }

  @Override
  public List<Alert> now() {
    return current().now();
  }

  @Override
  public List<AlertEvent> history() {
    return current().history();
  }

  @Override
  public SharedText shared() {
    return rules().shared();
  }

  @Override
  public SharedText set(Predicate<String> seen, String name, String condition, String by) {
    return rules().set(seen, name, condition, by);
  }

  @Override
  public SharedText reset(Predicate<String> seen, String name, String by) {
    return rules().reset(seen, name, by);
  }

  @PreDestroy
  void stop() {
    Future<?> repeating = looking;
    if (repeating != null) {
      repeating.cancel(false);
    }
  }
}

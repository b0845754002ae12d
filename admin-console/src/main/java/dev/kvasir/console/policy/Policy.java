package dev.kvasir.console.policy;

import dev.kvasir.cache.AdmissionKind;
import dev.kvasir.cache.CacheAdmin;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.ChangeOutcome;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.SettingRefusedException;
import dev.kvasir.cache.SettingsVersion;
import dev.kvasir.cache.ShadowReport;
import dev.kvasir.console.Acts;
import dev.kvasir.console.Administrator;
import dev.kvasir.console.Notices;
import dev.kvasir.console.Texts;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.lang.System.Logger.Level;
import java.util.List;

/** The page that changes the settings of all nodes. */
@Named
@ViewScoped
@SuppressWarnings("serial") // the container injects proxies, which are serializable
public class Policy implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final System.Logger LOGGER = System.getLogger(Policy.class.getName());

  /** Most changes in the list. */
  private static final int HISTORY_LINES = 20;

  @EJB CacheAdmin cache;
  @Inject Notices notices;
  @Inject Administrator administrator;
  @Inject Acts acts;

  @SuppressWarnings("NullAway.Init") // set by load(), which the container calls first
  private SettingsForm form;

  /** Tag of the settings that the form was filled from. */
  private String seen = "";

  @PostConstruct
  void load() {
    show(cache.settings());
  }

  /** Puts the form's settings in force on all nodes. */
  public void save() {
    act(
        "change policy",
        "",
        () -> {
          CacheSettings wanted;
          try {
            wanted = form.toSettings().withTenants(getInForce().tenants());
          } catch (SettingRefusedException e) {
            notices.nothing(Texts.of("policy.refused", String.valueOf(e.getMessage())));
            return;
          }
          tell(cache.change(administrator.name(), seen, wanted));
        });
  }

  /** Brings the settings of an earlier version back. */
  public void revert(long version) {
    act(
        "revert policy",
        "version " + version,
        () ->
            cache
                .revert(administrator.name(), seen, version)
                .ifPresentOrElse(
                    this::tell, () -> notices.nothing(Texts.of("policy.forgotten", version))));
  }

  private void tell(ChangeOutcome outcome) {
    show(outcome.now());
    if (outcome.done()) {
      notices.done(Texts.of("policy.saved"));
    } else {
      notices.nothing(Texts.of("policy.faster", outcome.now().change().who()));
    }
  }

  private void show(SettingsVersion version) {
    seen = version.tag();
    form = new SettingsForm(version.settings());
  }

  private void act(String what, String target, Runnable action) {
    attempt(() -> acts.run(what, target, action));
  }

  private void attempt(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, "KVASIR-C03: the cache did not do what the policy page asked", e);
      notices.failed(Texts.of("policy.failed"));
    }
  }

  /** The settings in force now, whoever set them. */
  public CacheSettings getInForce() {
    return cache.settings().settings();
  }

  public SettingsForm getForm() {
    return form;
  }

  public EvictionKind[] getEvictionKinds() {
    return EvictionKind.values();
  }

  public AdmissionKind[] getAdmissionKinds() {
    return AdmissionKind.values();
  }

  /** The last changes, the newest first. */
  public List<HistoryLine> getHistory() {
    return HistoryLine.of(cache.history(), HISTORY_LINES);
  }

  /** Policies that run beside the live one on this node. */
  public ShadowReport getShadows() {
    return cache.shadows();
  }

  public LoadRule[] getLoadRules() {
    return LoadRule.values();
  }
}

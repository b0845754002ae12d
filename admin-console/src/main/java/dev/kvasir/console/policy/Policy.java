package dev.kvasir.console.policy;

import dev.kvasir.cache.AdmissionKind;
import dev.kvasir.cache.CacheAdmin;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.ChangeOutcome;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.SettingRefusedException;
import dev.kvasir.cache.SettingsVersion;
import dev.kvasir.cache.ShadowPolicy;
import dev.kvasir.cache.ShadowReport;
import dev.kvasir.cache.WhatIf;
import dev.kvasir.console.Acts;
import dev.kvasir.console.Administrator;
import dev.kvasir.console.BarChart;
import dev.kvasir.console.Figures;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
  @Inject Figures figures;

  @SuppressWarnings("NullAway.Init") // set by load(), which the container calls first
  private SettingsForm form;

  private @Nullable WhatIf whatIf; // null until it was asked for

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

  /** Plays the last hour again: with the policy in force, the form's, and those tried beside. */
  public void simulate() {
    attempt(
        () -> {
          try {
            CacheSettings inForce = getInForce();
            CacheSettings wanted = form.toSettings();
            Stream<ShadowPolicy> asked =
                Stream.concat(
                    Stream.of(inForce, wanted)
                        .map(one -> new ShadowPolicy(one.policy(), one.admission(), 1)),
                    wanted.shadows().stream()
                        .map(one -> new ShadowPolicy(one.policy(), one.admission(), 1)));
            whatIf = cache.whatIf(asked.distinct().limit(ShadowPolicy.MAX_SHADOWS).toList());
          } catch (SettingRefusedException e) {
            notices.nothing(Texts.of("policy.refused", String.valueOf(e.getMessage())));
          }
        });
  }

  /** What the last simulation found; null without one. */
  public @Nullable WhatIf getWhatIf() {
    return whatIf;
  }

  /** The same as a chart. */
  public BarChart getWhatIfChart() {
    WhatIf found = whatIf;
    return found == null ? BarChart.EMPTY : Curves.chart(found, figures);
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

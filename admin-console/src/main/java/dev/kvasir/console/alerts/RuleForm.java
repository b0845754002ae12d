package dev.kvasir.console.alerts;

import dev.kvasir.cache.alerts.AlertRule;
import dev.kvasir.cache.alerts.Alerts;
import dev.kvasir.cache.alerts.RuleText;
import dev.kvasir.cache.tenants.SharedText;
import dev.kvasir.cache.tenants.StaleTextException;
import dev.kvasir.cache.tenants.TenantRefusedException;
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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of the alerts' page where rules are set for all nodes. */
@Named
@ViewScoped
@SuppressWarnings("serial") // the container injects proxies, which are serializable
public class RuleForm implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final System.Logger LOGGER = System.getLogger(RuleForm.class.getName());

  @EJB Alerts alerts;
  @Inject Notices notices;
  @Inject Acts acts;
  @Inject Administrator administrator;

  private @Nullable SharedText seen;
  private String name = "";
  private String condition = "";

  @PostConstruct
  void load() {
    seen = alerts.shared();
  }

  /** Takes a rule into the form, to be changed. */
  public void choose(AlertRule rule) {
    fill(rule.name(), rule.condition());
  }

  /** The same, of one that administrators set. */
  public void chooseSet(String ruleName) {
    fill(ruleName, RuleText.entries(shared().text()).getOrDefault(ruleName, ""));
  }

  private void fill(String ruleName, String ruleCondition) {
    load();
    name = ruleName;
    condition = ruleCondition;
  }

  /** Sets the rule of the form on all nodes. */
  public void save() {
    set(condition, "alerts.set");
  }

  /** Switches the rule of the form off on all nodes. */
  public void switchOff() {
    set(RuleText.OFF, "alerts.switchedOff");
  }

  private void set(String wanted, String told) {
    change(
        "set alert rule",
        name,
        () -> {
          seen = alerts.set(shared().tag()::equals, name, wanted, administrator.name());
          notices.done(Texts.of(told, name));
          name = "";
          condition = "";
        });
  }

  /** Deletes what administrators set of a rule. */
  public void delete(String ruleName) {
    change(
        "delete alert rule",
        ruleName,
        () -> {
          seen = alerts.reset(shared().tag()::equals, ruleName, administrator.name());
          notices.done(Texts.of("alerts.deleted", ruleName));
        });
  }

  private void change(String what, String target, Runnable action) {
    try {
      acts.run(what, target, action);
    } catch (StaleTextException e) {
      load();
      notices.nothing(Texts.of("alerts.faster"));
    } catch (TenantRefusedException e) {
      notices.failed(Texts.sentence(e.getMessage()));
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, "KVASIR-C09: the alert rules could not be changed", e);
      notices.failed(Texts.of("tenants.failed"));
    }
  }

  private SharedText shared() {
    SharedText known = seen;
    return known == null ? alerts.shared() : known;
  }

  /** The rules that administrators set, by name. */
  public List<Map.Entry<String, String>> getList() {
    return List.copyOf(RuleText.entries(shared().text()).entrySet());
  }

  /** Who set them last, in words; empty if nobody did. */
  public String getAuthor() {
    return shared().version() == 0 ? "" : Texts.of("alerts.author", shared().changedBy());
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name.strip();
  }

  public String getCondition() {
    return condition;
  }

  public void setCondition(String condition) {
    this.condition = condition.strip();
  }
}

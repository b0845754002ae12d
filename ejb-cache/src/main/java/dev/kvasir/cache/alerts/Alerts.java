package dev.kvasir.cache.alerts;

import dev.kvasir.cache.tenants.SharedText;
import dev.kvasir.cache.tenants.StaleTextException;
import dev.kvasir.cache.tenants.TenantRefusedException;
import java.util.List;
import java.util.function.Predicate;

/** The alerts of this node. Safe for all threads; an EJB business interface. */
public interface Alerts {
  /** How each rule stands: those that fire first. */
  List<Alert> now();

  /** The last 200 that began or ended, the newest first. */
  List<AlertEvent> history();

  /** What administrators set for all nodes, as {@link RuleText}; its tag names its state. */
  SharedText shared();

  /**
   * Sets a rule on all nodes, in the place of that of its name.
   *
   * @param seen tags of {@link #shared} in whose states it is meant to be set
   * @param condition as {@link AlertRule} has it without its name, or {@link RuleText#OFF}
   * @param by who does so
   * @throws TenantRefusedException if it cannot be read; says what came and what is allowed
   * @throws StaleTextException if the rules are in another state
   */
  SharedText set(Predicate<String> seen, String name, String condition, String by);

  /**
   * Takes back what administrators set of a name: each node has its own rule of it again, or none.
   *
   * @throws TenantRefusedException if they set none
   * @throws StaleTextException if the rules are in another state
   */
  SharedText reset(Predicate<String> seen, String name, String by);
}

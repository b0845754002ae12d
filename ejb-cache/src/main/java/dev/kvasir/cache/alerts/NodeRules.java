package dev.kvasir.cache.alerts;

import dev.kvasir.cache.tenants.SharedText;
import dev.kvasir.cache.tenants.SharedTexts;
import dev.kvasir.cache.tenants.TenantRefusedException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The rules of one node: the five of every node, changed by its own configuration, changed by what
 * administrators set for all nodes. Safe for all threads.
 */
public final class NodeRules {
  private static final System.Logger LOG = System.getLogger(NodeRules.class.getName());
  private static final String SHARED = "alert-rules";
  private static final int MAX_CONDITION = 300;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  private final String own;
  private final Predicate<String> isMetric;
  private final SharedTexts texts;
  private volatile long refused; // version of the shared rules that this node cannot read

  /**
   * @param own rules of this node, as {@code kvasir.alert.rules}
   * @param isMetric whether there is a metric of a name
   * @param texts where the shared rules are
   * @throws IllegalArgumentException if its own rules cannot be read
   */
  public NodeRules(String own, Predicate<String> isMetric, SharedTexts texts) {
    this.own = own;
    this.isMetric = isMetric;
    this.texts = texts;
    List<AlertRule> unused = parse("");
  }

  /** The rules that are in force here now. */
  public List<AlertRule> inForce() {
    SharedText shared = shared();
    try {
      return parse(shared.text());
    } catch (IllegalArgumentException e) {
      if (refused != shared.version()) {
        refused = shared.version();
        LOG.log(
            Level.WARNING,
            "KVASIR5005: the alert rules that {0} set for all nodes are not in force on this one:"
                + " {1}; it goes on with its own",
            shared.changedBy(),
            e.getMessage());
      }
      return parse("");
    }
  }

  /** What administrators set for all nodes, as {@link RuleText}. */
  public SharedText shared() {
    return texts.find(SHARED);
  }

  /** See {@link Alerts#set}. */
  public SharedText set(Predicate<String> seen, String name, String condition, String by) {
    if (!NAME.matcher(name).matches()) {
      throw TenantRefusedException.invalid(
          "rule",
          "the name of the rule is \"%s\", but must be 1 to 63 small letters, digits and underscores, the first a letter"
              .formatted(name));
    }
    String stripped = condition.strip();
    if (stripped.length() > MAX_CONDITION || stripped.indexOf(';') >= 0) {
      throw TenantRefusedException.invalid(
          "condition",
          "condition has %d characters, but must have at most %d, none of them a semicolon"
              .formatted(stripped.length(), MAX_CONDITION));
    }
    return texts.change(SHARED, seen, by, text -> checked(RuleText.with(text, name, stripped)));
  }

  /** See {@link Alerts#reset}. */
  public SharedText reset(Predicate<String> seen, String name, String by) {
    return texts.change(
        SHARED,
        seen,
        by,
        text -> {
          if (!RuleText.entries(text).containsKey(name)) {
            throw TenantRefusedException.unknown(
                "no administrator has set a rule %s; GET /api/alerts/rules lists those that are set, and the condition \"off\" switches a rule of the nodes off"
                    .formatted(name));
          }
          return checked(RuleText.without(text, name));
        });
  }

  private String checked(String text) {
    try {
      List<AlertRule> unused = parse(text);
      return text;
    } catch (IllegalArgumentException e) {
      throw TenantRefusedException.invalid("condition", String.valueOf(e.getMessage()));
    }
  }

  private List<AlertRule> parse(String shared) {
    return AlertRules.parse(List.of(own, shared), isMetric);
  }
}

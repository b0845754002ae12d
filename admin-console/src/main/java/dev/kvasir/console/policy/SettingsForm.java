package dev.kvasir.console.policy;

import dev.kvasir.cache.AdmissionKind;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.Lifetime;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.ShadowPolicy;
import dev.kvasir.cache.TunedPolicy;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The settings as the form's fields hold them: the budget in MiB, shadows between commas. */
public final class SettingsForm implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long BYTES_PER_MIB = 1L << 20;

  private EvictionKind eviction;
  private final ArrayList<ParameterField> parameters = new ArrayList<>();
  private long budgetMib;
  private int startPercent;
  private int stopPercent;
  private AdmissionKind admission;
  private LoadRule load;
  private int deadlineMillis;
  private int ttlSeconds;
  private int idleSeconds;
  private String shadows;

  SettingsForm(CacheSettings settings) {
    eviction = settings.eviction();
    show(settings.policy());
    budgetMib = settings.budgetBytes() / BYTES_PER_MIB;
    startPercent = settings.room().startPercent();
    stopPercent = settings.room().stopPercent();
    admission = settings.admission();
    load = settings.load();
    deadlineMillis = settings.deadlineMillis();
    ttlSeconds = settings.lifetime().ttlSeconds();
    idleSeconds = settings.lifetime().idleSeconds();
    shadows =
        settings.shadows().stream().map(ShadowPolicy::toString).collect(Collectors.joining(", "));
  }

  /**
   * What the fields say.
   *
   * @throws dev.kvasir.cache.SettingRefusedException if that is not allowed
   */
  CacheSettings toSettings() {
    Map<String, Integer> values = new TreeMap<>();
    parameters.forEach(field -> values.put(field.getName(), field.getValue()));
    return new CacheSettings(
        new TunedPolicy(eviction, values),
        new CacheSettings.Room(budgetMib * BYTES_PER_MIB, startPercent, stopPercent),
        admission,
        new CacheSettings.Loading(load, deadlineMillis),
        new Lifetime(ttlSeconds, idleSeconds),
        ShadowPolicy.parseAll(shadows));
  }

  private void show(TunedPolicy policy) {
    parameters.clear();
    policy
        .kind()
        .parameters()
        .forEach(
            declared ->
                parameters.add(new ParameterField(declared, policy.parameter(declared.name()))));
  }

  public EvictionKind getEviction() {
    return eviction;
  }

  /** Another policy comes with its own parameters, at their standard values. */
  public void setEviction(EvictionKind eviction) {
    if (eviction != this.eviction) {
      this.eviction = eviction;
      show(TunedPolicy.of(eviction));
    }
  }

  public List<ParameterField> getParameters() {
    return parameters;
  }

  public long getBudgetMib() {
    return budgetMib;
  }

  public void setBudgetMib(long budgetMib) {
    this.budgetMib = budgetMib;
  }

  public int getStartPercent() {
    return startPercent;
  }

  public void setStartPercent(int startPercent) {
    this.startPercent = startPercent;
  }

  public int getStopPercent() {
    return stopPercent;
  }

  public void setStopPercent(int stopPercent) {
    this.stopPercent = stopPercent;
  }

  public AdmissionKind getAdmission() {
    return admission;
  }

  public void setAdmission(AdmissionKind admission) {
    this.admission = admission;
  }

  public LoadRule getLoad() {
    return load;
  }

  public void setLoad(LoadRule load) {
    this.load = load;
  }

  public int getDeadlineMillis() {
    return deadlineMillis;
  }

  public void setDeadlineMillis(int deadlineMillis) {
    this.deadlineMillis = deadlineMillis;
  }

  public int getTtlSeconds() {
    return ttlSeconds;
  }

  public void setTtlSeconds(int ttlSeconds) {
    this.ttlSeconds = ttlSeconds;
  }

  public int getIdleSeconds() {
    return idleSeconds;
  }

  public void setIdleSeconds(int idleSeconds) {
    this.idleSeconds = idleSeconds;
  }

  public String getShadows() {
    return shadows;
  }

  public void setShadows(String shadows) {
    this.shadows = shadows;
  }
}

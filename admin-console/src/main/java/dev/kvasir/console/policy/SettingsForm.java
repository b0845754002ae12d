package dev.kvasir.console.policy;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import java.io.Serializable;
import java.util.Map;

/** The settings as the form's fields hold them: the budget in MiB. */
public final class SettingsForm implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long BYTES_PER_MIB = 1L << 20;

  private EvictionKind eviction;
  private long budgetMib;
  private LoadRule load;
  private int deadlineMillis;

  SettingsForm(CacheSettings settings) {
    eviction = settings.eviction();
    budgetMib = settings.budgetBytes() / BYTES_PER_MIB;
    load = settings.load();
    deadlineMillis = settings.deadlineMillis();
  }

  /** The form's settings; those that it does not show are as they were. */
  CacheSettings toSettings(CacheSettings old) {
    return new CacheSettings(
        old.policy().with(eviction, Map.of()),
        new CacheSettings.Room(
            budgetMib * BYTES_PER_MIB, old.room().startPercent(), old.room().stopPercent()),
        old.admission(),
        new CacheSettings.Loading(load, deadlineMillis),
        old.lifetime(),
        old.shadows());
  }

  public EvictionKind getEviction() {
    return eviction;
  }

  public void setEviction(EvictionKind eviction) {
    this.eviction = eviction;
  }

  public long getBudgetMib() {
    return budgetMib;
  }

  public void setBudgetMib(long budgetMib) {
    this.budgetMib = budgetMib;
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
}

package dev.kvasir.console.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.AdmissionKind;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.Lifetime;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.ShadowPolicy;
import dev.kvasir.cache.TunedPolicy;
import dev.kvasir.console.Figures;
import dev.kvasir.console.TestingActs;
import dev.kvasir.console.TestingAdministrator;
import dev.kvasir.console.TestingCacheAdmin;
import dev.kvasir.console.TestingNotices;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private final TestingCacheAdmin cache = new TestingCacheAdmin();
  private final TestingNotices notices = new TestingNotices();
  private final TestingActs acts = new TestingActs();
  private final Policy policy = new Policy();

  @SuppressWarnings("UnnecessaryAssignment") // no container injects here
  PolicyTest() {
    policy.cache = cache;
    policy.notices = notices;
    policy.administrator = new TestingAdministrator();
    policy.acts = acts;
    policy.figures = new Figures();
    policy.load();
  }

  @Test
  void load_settingsInForce_inTheForm() {
    assertEquals(EvictionKind.LRU, policy.getForm().getEviction());
    assertEquals(64, policy.getForm().getBudgetMib());
    assertEquals(LoadRule.AUTO, policy.getForm().getLoad());
    assertEquals(250, policy.getForm().getDeadlineMillis());
  }

  @Test
  void save_changedForm_inForce() {
    policy.getForm().setEviction(EvictionKind.LFU);
    policy.getForm().setBudgetMib(128);
    policy.getForm().setLoad(LoadRule.ALWAYS);
    policy.getForm().setDeadlineMillis(500);
    policy.save();
    assertEquals(
        new CacheSettings(EvictionKind.LFU, 128L << 20, LoadRule.ALWAYS, 500), policy.getInForce());
    assertEquals(List.of("INFO 0: In force on all nodes."), notices.told);
    assertEquals(List.of("change policy  DONE"), acts.noted);
  }

  @Test
  void save_everySetting_inForce() {
    SettingsForm form = policy.getForm();
    form.setEviction(EvictionKind.S3_FIFO);
    form.getParameters().get(0).setValue(25);
    form.setStartPercent(80);
    form.setStopPercent(70);
    form.setAdmission(AdmissionKind.FREQUENCY);
    form.setTtlSeconds(3_600);
    form.setIdleSeconds(60);
    form.setShadows("lru, sieve@2");
    policy.save();
    assertEquals(
        new CacheSettings(
            new TunedPolicy(EvictionKind.S3_FIFO, Map.of("small_percent", 25)),
            new CacheSettings.Room(64L << 20, 80, 70),
            AdmissionKind.FREQUENCY,
            new CacheSettings.Loading(LoadRule.AUTO, 250),
            new Lifetime(3_600, 60),
            List.of(ShadowPolicy.parse("lru"), ShadowPolicy.parse("sieve@2"))),
        policy.getInForce());
    assertEquals("lru@1.0, sieve@2.0", policy.getForm().getShadows());
  }

  @Test
  void eviction_chosen_bringsItsOwnSliders() {
    assertEquals(0, policy.getForm().getParameters().size());
    policy.getForm().setEviction(EvictionKind.S3_FIFO);
    ParameterField small = policy.getForm().getParameters().get(0);
    assertEquals("Small percent", small.getLabel());
    assertEquals(10, small.getValue());
    assertEquals(1, small.getMin());
    assertEquals(50, small.getMax());
  }

  @Test
  void save_notAllowed_saysWhatIsAndNothingChanges() {
    CacheSettings before = policy.getInForce();
    policy.getForm().setStartPercent(50);
    policy.save();
    assertEquals(before, policy.getInForce());
    assertEquals(
        List.of(
            "WARN 1: Nothing was changed: evict_stop_percent is 85, but must be from 1 to"
                + " evict_start_percent, which is 50."),
        notices.told);
  }

  @Test
  void revert_earlierVersion_inForceAgainAndListed() {
    CacheSettings before = policy.getInForce();
    policy.getForm().setDeadlineMillis(500);
    policy.save();
    assertEquals(List.of("deadline_ms: 250 → 500"), policy.getHistory().get(0).changes());
    assertEquals("eve", policy.getHistory().get(0).who());
    assertEquals(Instant.EPOCH.plusSeconds(2), policy.getHistory().get(0).at());

    policy.revert(1);
    assertEquals(before, policy.getInForce());
    assertEquals(250, policy.getForm().getDeadlineMillis());
    assertEquals(3, policy.getHistory().size());
  }

  @Test
  void save_anotherWasFaster_toldAndTheFormShowsTheirs() {
    CacheSettings theirs = new CacheSettings(EvictionKind.ARC, 32L << 20, LoadRule.NEVER, 10);
    assertTrue(cache.change("bob", cache.settings().tag(), theirs).done());
    policy.getForm().setBudgetMib(128);
    policy.save();
    assertEquals(theirs, policy.getInForce());
    assertEquals(32, policy.getForm().getBudgetMib());
    assertTrue(
        notices.told.get(0).startsWith("WARN 1: Nothing was changed: bob"), notices.told::toString);
  }

  @Test
  void save_gridGone_toldAndUnchanged() {
    CacheSettings before = policy.getInForce();
    policy.getForm().setBudgetMib(128);
    cache.fail(new IllegalStateException("the grid is gone"));
    policy.save();
    cache.fail(null);
    assertEquals(before, policy.getInForce());
    assertEquals(1, notices.told.size());
    assertTrue(notices.told.get(0).startsWith("ERROR 2: The cache did not do it"));
    assertEquals(List.of("change policy  FAILED"), acts.noted);
  }

  @Test
  void simulate_formAndShadows_besideTheLiveOne() {
    policy.getForm().setEviction(EvictionKind.SIEVE);
    policy.getForm().setShadows("arc@2, lru");
    policy.simulate();

    assertEquals(
        List.of("lru", "sieve", "arc"),
        Objects.requireNonNull(policy.getWhatIf()).curves().stream()
            .map(curve -> curve.policy())
            .toList());
    assertEquals(
        "What if, % of blocks asked for: lru 1.0 MiB 25, 4.0 MiB 50; sieve 1.0 MiB 25, 4.0 MiB 50;"
            + " arc 1.0 MiB 25, 4.0 MiB 50",
        policy.getWhatIfChart().toText());
    assertEquals(EvictionKind.LRU, policy.getInForce().eviction());

    policy.getForm().setStartPercent(50);
    policy.simulate();
    assertTrue(notices.told.get(0).startsWith("WARN 1: Nothing was changed"));
  }
}

package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.SettingsVersion;
import dev.kvasir.cache.Ticker;
import dev.kvasir.cache.policy.PrefixTree;
import dev.kvasir.inference.BlockHash;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What happens while a refresh reads the shared map. It used to hold the lock meanwhile, so that
 * events and changes waited for the grid; and what it had read undid what an administrator did
 * before it was taken over: an unpinned block was pinned again on that member.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SharedMetaTest {
  private static final BlockHash BLOCK = new BlockHash(1, 2, 3, 4);
  private static final SettingsVersion.Change CHANGE =
      new SettingsVersion.Change("test", Instant.EPOCH, 0);

  private final HazelcastInstance hazelcast =
      HazelcastStart.start(TestingGrid.config("a", TestingGrid.freePort(), List.of()));
  private final IndexReplica replica =
      new IndexReplica(
          new PrefixTree(EvictionKind.LRU), Ticker.system(), System::currentTimeMillis);
  private Runnable whileReading = () -> {};
  private final SharedMeta meta =
      new SharedMeta(
          hooked(hazelcast.getMap(HazelcastSettings.META)), replica, CHANGE, TestingGrid.SETTINGS);

  @AfterAll
  void stop() {
    hazelcast.getLifecycleService().terminate();
  }

  @Test
  void unpin_whileRefreshReads_staysUnpinned() {
    meta.pin(List.of(BLOCK));
    refreshWhile(() -> meta.unpin(List.of(BLOCK)));
    assertEquals(Set.of(), replica.pins());
  }

  @Test
  void pin_whileRefreshReads_staysPinned() {
    refreshWhile(() -> meta.pin(List.of(BLOCK)));
    assertEquals(Set.of(BLOCK), replica.pins());
    meta.unpin(List.of(BLOCK));
    assertEquals(Set.of(), replica.pins());
  }

  @Test
  void change_whileRefreshReads_doesNotWaitAndStays() {
    CacheSettings changed = new CacheSettings(EvictionKind.LFU, 3L << 20, LoadRule.NEVER, 33);
    String tag = meta.ledger().now().tag();
    refreshWhile(() -> assertTrue(meta.change(tag, CHANGE, changed).done()));
    assertEquals(changed, meta.settings());
    assertFalse(meta.change(tag, CHANGE, TestingGrid.SETTINGS).done());
    assertEquals(changed, meta.settings());
  }

  @Test
  void refresh_settingsLostWithTheirMembers_writtenAgain() {
    SettingsLedger before = meta.ledger();
    hazelcast.getMap(HazelcastSettings.META).delete("settings");
    meta.refresh();
    assertEquals(before, hazelcast.getMap(HazelcastSettings.META).get("settings"));
    assertEquals(before, meta.ledger());
  }

  /** On another thread, between reading the map and taking it over; it must not have to wait. */
  private void refreshWhile(Runnable action) {
    whileReading =
        () -> {
          whileReading = () -> {};
          CompletableFuture.runAsync(action).orTimeout(10, TimeUnit.SECONDS).join();
        };
    meta.refresh();
  }

  /** The map, but for something that happens right after it was read. */
  @SuppressWarnings("unchecked")
  private IMap<String, Object> hooked(IMap<String, Object> map) {
    return (IMap<String, Object>)
        Proxy.newProxyInstance(
            IMap.class.getClassLoader(),
            new Class<?>[] {IMap.class},
            (proxy, method, arguments) -> {
              try {
                Object answer = method.invoke(map, arguments);
                if (method.getName().equals("entrySet")) {
                  whileReading.run();
                }
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}

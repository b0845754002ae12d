package dev.kvasir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.CacheAdmin;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.CacheStats;
import dev.kvasir.cache.ClearScope;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.GridStats;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.Prompt;
import dev.kvasir.inference.InferenceConnection;
import dev.kvasir.inference.SamplingParams;
import dev.kvasir.inference.Sequence;
import dev.kvasir.inference.SequenceRequest;
import dev.kvasir.inference.TokenIds;
import jakarta.inject.Inject;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ResourceAllocationException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** Adapter and beans, seen from inside the application. */
@ExtendWith(ArquillianExtension.class)
@TestMethodOrder(OrderAnnotation.class)
public class InServerIT {
  private static final SequenceRequest REQUEST =
      new SequenceRequest(TokenIds.of(5, 6, 7), List.of(), SamplingParams.GREEDY, 2);
  private static final int BLOCKS_OF_NOTES = 14;
  private static final int SLOTS = 3; // as the test server's bootstrap.properties says

  @Inject Inside inside;

  @Deployment(name = "kvasir")
  static EnterpriseArchive kvasir() {
    return Archives.kvasirWith(
        InServerIT.class, Inside.class, LongNotes.class, Await.class, Await.Condition.class);
  }

  @Test
  @Order(1)
  @OperateOnDeployment("kvasir")
  void lookup_adapter_givesTheModel() throws ResourceException {
    assertEquals("tiny", inside.slots.model().info().id());
  }

  @Test
  @Order(2)
  @OperateOnDeployment("kvasir")
  void getConnection_several_eachHasASlotOfItsOwn() throws Exception {
    List<InferenceConnection> taken = new ArrayList<>();
    try {
      for (int i = 0; i < SLOTS; i++) {
        InferenceConnection slot = inside.slots.getConnection();
        taken.add(slot);
        slot.open(REQUEST).prefill(); // refused if a slot were shared: its sequence is open
      }
      assertNotSame(taken.get(0), taken.get(1));
      assertThrows(
          ResourceAllocationException.class,
          () -> inside.slots.getConnection(),
          "all slots are taken");
    } finally {
      taken.forEach(InferenceConnection::close);
    }
    for (int i = 0; i < 2 * SLOTS; i++) { // given back at close, not at the method's end
      try (InferenceConnection slot = inside.slots.getConnection();
          Sequence sequence = slot.open(REQUEST)) {
        sequence.prefill();
      }
    }
  }

  @Test
  @Order(3)
  @OperateOnDeployment("kvasir")
  void change_settings_inForceAtOnceAndBack() {
    CacheAdmin admin = inside.admin;
    CacheSettings before = admin.settings().settings();
    CacheSettings changed =
        new CacheSettings(
            before.eviction() == EvictionKind.SIEVE ? EvictionKind.LRU : EvictionKind.SIEVE,
            before.budgetBytes(),
            LoadRule.ALWAYS,
            777);

    change(admin, changed);

    assertEquals(changed, admin.settings().settings());
    change(admin, before);
    assertEquals(before, admin.settings().settings());
  }

  @Test
  @Order(4)
  @OperateOnDeployment("kvasir")
  void budget_shrunk_listenersSeeEvictionsAndNearCacheFollows() throws Exception {
    CacheAdmin admin = inside.admin;
    CacheSettings before = admin.settings().settings();
    change(
        admin, new CacheSettings(before.eviction(), before.budgetBytes(), LoadRule.ALWAYS, 10_000));
    long enough = admin.stats().publishing().published() + 3 * BLOCKS_OF_NOTES;
    for (long seed = 10; seed < 13; seed++) {
      complete(LongNotes.of(seed));
    }
    Await.until(
        30,
        () -> admin.stats().publishing().published() >= enough,
        () -> "%d blocks published: %s".formatted(enough, admin.stats()));
    admin.clear(ClearScope.POOL);
    for (long seed = 10; seed < 13; seed++) {
      complete(LongNotes.of(seed)); // now through the near cache
    }
    CacheStats full = admin.stats();
    assertTrue(full.grid().near().entries() >= 3 * BLOCKS_OF_NOTES, full::toString);

    change(
        admin,
        new CacheSettings(
            before.eviction(), CacheSettings.MIN_BUDGET_BYTES, LoadRule.ALWAYS, 10_000));

    Await.until(
        60,
        () -> {
          GridStats now = admin.stats().grid();
          return now.held().bytesHere() <= CacheSettings.MIN_BUDGET_BYTES
              && now.evicted("policy") > 0
              && now.near().entries() <= now.held().blocks();
        },
        () -> "the grid within its budget, and the near cache no larger: " + admin.stats());
    change(admin, before);
  }

  private static void change(CacheAdmin admin, CacheSettings settings) {
    assertTrue(admin.change("test", admin.settings().tag(), settings).done());
  }

  private void complete(String text) {
    inside.completions.complete(
        new CompletionRequest(
            "default", new Prompt.Text(text), SamplingParams.GREEDY, 1, CachePolicy.USE),
        token -> true);
  }
}

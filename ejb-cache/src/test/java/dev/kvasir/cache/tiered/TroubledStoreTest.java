package dev.kvasir.cache.tiered;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.cache.BlockStore;
import dev.kvasir.cache.StoreOutcome;
import dev.kvasir.cache.testing.TestingBlockStore;
import dev.kvasir.cache.testing.TestingNode;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.Completion;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever call of the store fails, and however, requests are answered as without it. */
class TroubledStoreTest {
  private static final String TEXT = "a shared beginning";
  private static final int BLOCKS = 4;

  /** Every call of a store, with a failure of its own and with one of the heap. */
  static Stream<Arguments> troubles() {
    return Arrays.stream(BlockStore.class.getMethods())
        .map(Method::getName)
        .distinct()
        .sorted()
        .flatMap(
            call ->
                Stream.of(
                    Arguments.of(call, new IllegalStateException("the store is down")),
                    Arguments.of(call, new OutOfMemoryError("no heap for " + call))));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void complete_oneCallFails_sameAnswer(String call, Throwable trouble) {
    TestingBlockStore store = new TestingBlockStore();
    TestingNode sound = new TestingNode("sound", store);
    requireTruth(sound.complete("t", TEXT, CachePolicy.USE));
    assertEquals(BLOCKS, store.placements().size());
    store.corrupt(sound.prefix("t", TEXT).hashes().get(BLOCKS - 1)); // so that it is discarded

    TestingNode node = new TestingNode("troubled", failing(store, call, trouble));
    requireTruth(node.complete("t", TEXT, CachePolicy.USE));
    node.model.clearPool();
    requireTruth(node.complete("t", TEXT, CachePolicy.USE));
    String other = "another text of a tenant";
    store.refusing(node.prefix("t", other).hashes().get(1), StoreOutcome.NOT_ADMITTED);
    assertEquals(TestingNode.truth(other), node.complete("t", other, CachePolicy.USE).text(), call);
    assertEquals(0, node.slots.slotsTaken());
    assertTrue(call.equals("stats") || node.counters.storeTroubles() > 0, call);
  }

  private static void requireTruth(Completion completion) {
    assertEquals(TestingNode.truth(TEXT), completion.text());
  }

  private static BlockStore failing(BlockStore store, String call, Throwable trouble) {
    return (BlockStore)
        Proxy.newProxyInstance(
            BlockStore.class.getClassLoader(),
            new Class<?>[] {BlockStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals(call)) {
                throw trouble;
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}

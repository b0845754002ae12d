package dev.kvasir.cache.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import dev.kvasir.inference.BlockHash;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects whose making runs code are sent over the grid, and never made. */
final class GadgetTest extends TwoMembers {
  private static final AtomicInteger MADE = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void value_gadget_refusedWhereItIsRead(boolean nested) {
    BlockHash hash = ownedBy(b);
    @SuppressWarnings("unchecked") // whoever holds the secret can put anything
    IMap<BlockHash, Object> map = (IMap<BlockHash, Object>) (IMap<?, ?>) a.payloads();
    Object sent = nested ? new ArrayList<>(List.of(new Gadget())) : new Gadget();
    int before = MADE.get();

    assertThrows(
        RuntimeException.class,
        () -> {
          map.set(hash, sent);
          Object unused = b.payloads().get(hash);
        });

    assertEquals(before, MADE.get());
    a.payloads().delete(hash);
  }

  @Test
  void task_gadget_refusedWhereItWouldRun() {
    int before = MADE.get();
    RuntimeException refusal =
        assertThrows(
            RuntimeException.class,
            () -> {
              Boolean unused = a.payloads().executeOnKey(ownedBy(b), new GadgetTask());
            });
    assertEquals(before, MADE.get());
    assertTrue(reasons(refusal).contains("GadgetTask"), () -> reasons(refusal));
  }

  @Test
  void cluster_afterwards_servesOn() {
    TestingBlocks chain = TestingBlocks.chain(90, 3, 100);
    chain.putInto(a);
    cluster.awaitKnown(chain.hashes());
    assertEquals(2, b.admin().cluster().members().size());
  }

  private static BlockHash ownedBy(Grid grid) {
    Random random = new Random(91);
    while (true) {
      BlockHash hash =
          new BlockHash(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
      if (grid.owns(hash)) {
        return hash;
      }
    }
  }

  private static String reasons(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      text.append(cause).append('\n');
    }
    return text.toString();
  }

  /** Says that it was made. */
  private static class Gadget implements Serializable {
    private static final long serialVersionUID = 1L;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      MADE.incrementAndGet();
      in.defaultReadObject();
    }
  }

  /** Likewise, and would run. */
  private static final class GadgetTask extends Gadget
      implements EntryProcessor<BlockHash, byte[], Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean process(Map.Entry<BlockHash, byte[]> entry) {
      MADE.incrementAndGet();
      return true;
    }
  }
}

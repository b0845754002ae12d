package dev.kvasir.cache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kvasir.inference.BlockHash;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FrequencySketchTest {
  @Test
  void count_fewNames_isExactUpToFifteen() {
    FrequencySketch sketch = sketch(64);
    BlockHash name = new BlockHash(1, 2, 3, 4);
    for (int seen = 0; seen < 20; seen++) {
      assertEquals(Math.min(15, seen), sketch.count(name));
      sketch.add(name);
    }
  }

  @Test
  void count_manyNames_neverTooSmallAndRarelyTooLarge() {
    FrequencySketch sketch = sketch(1_000);
    Random random = new Random(7);
    BlockHash[] names = new BlockHash[1_000];
    for (int i = 0; i < names.length; i++) {
      names[i] = new BlockHash(random.nextLong(), 0, 0, i);
      for (int seen = 0; seen < i % 4; seen++) {
        sketch.add(names[i]);
      }
    }
    int tooLarge = 0;
    for (int i = 0; i < names.length; i++) {
      assertTrue(sketch.count(names[i]) >= i % 4);
      tooLarge += sketch.count(names[i]) > i % 4 ? 1 : 0;
    }
    assertTrue(tooLarge < 100, tooLarge + " of 1,000 counts are too large");
  }

  @Test
  void add_tenTimesTheCapacity_halvesWhatWasSeen() {
    FrequencySketch sketch = sketch(64);
    BlockHash name = new BlockHash(1, 2, 3, 4);
    for (int seen = 0; seen < 640; seen++) {
      sketch.add(name);
    }
    assertEquals(7, sketch.count(name));
  }

  private static FrequencySketch sketch(int capacity) {
    FrequencySketch sketch = new FrequencySketch();
    sketch.ensureCapacity(capacity);
    return sketch;
  }
}

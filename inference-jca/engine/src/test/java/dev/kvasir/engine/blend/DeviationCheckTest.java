package dev.kvasir.engine.blend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class DeviationCheckTest {
  private static final int[] POSITIONS = {2, 3, 5, 8, 9};

  /** Rows of zeros at {@link #POSITIONS}, compared with what all positions are off by. */
  private static BitSet chosen(int count, float... off) {
    DeviationCheck check = new DeviationCheck(1, POSITIONS, new float[5][2], count);
    for (int position = 0; position < off.length; position++) {
      check.compare(position, new float[] {off[position], -off[position]});
    }
    return check.chosen();
  }

  private static BitSet positions(int... positions) {
    BitSet set = new BitSet();
    for (int position : positions) {
      set.set(position);
    }
    return set;
  }

  @Test
  void chosen_someDeviate_theFurthestOfThoseToChooseFrom() {
    float[] off = {9, 9, 1, -4, 9, 2, 9, 9, 3, 0.5f};
    assertEquals(positions(3), chosen(1, off));
    assertEquals(positions(3, 5, 8), chosen(3, off));
    assertEquals(positions(2, 3, 5, 8, 9), chosen(5, off));
  }

  @Test
  void chosen_equallyFar_firstOnes() {
    assertEquals(positions(2, 3), chosen(2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1));
  }

  @Test
  void chosen_noNumber_computedAgain() {
    assertEquals(positions(8), chosen(1, 0, 0, 7, 7, 0, 7, 0, 0, Float.NaN, 7));
  }

  @Test
  void end_behindTheLastToCompare() {
    assertEquals(10, new DeviationCheck(1, POSITIONS, new float[5][2], 1).end());
  }
}

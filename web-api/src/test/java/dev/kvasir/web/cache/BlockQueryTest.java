package dev.kvasir.web.cache;

import static dev.kvasir.web.FaultAssertions.assertFault;
import static dev.kvasir.web.FaultAssertions.faultOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.cache.ClearScope;
import dev.kvasir.inference.BlockHash;
import dev.kvasir.web.json.Choice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BlockQueryTest {
  @Test
  void prefix_hexOrNone_lowerCase() {
    assertEquals("", BlockQuery.prefix(null));
    assertEquals("", BlockQuery.prefix(""));
    assertEquals("00ab", BlockQuery.prefix("00AB"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"xyz", "0x12", " 12", "a\nb", "%"})
  void prefix_notHex_refused(String prefix) {
    assertFault(faultOf(() -> BlockQuery.prefix(prefix)), "prefix", "invalid_value");
  }

  @Test
  void limit_numberOrNone_inRange() {
    assertEquals(BlockQuery.DEFAULT_LIMIT, BlockQuery.limit(null));
    assertEquals(1, BlockQuery.limit("1"));
    assertEquals(BlockQuery.MAX_LIMIT, BlockQuery.limit("1000"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "1001", "99999999999", "ten", "1.0"})
  void limit_outOfRange_namesRange(String limit) {
    assertFault(faultOf(() -> BlockQuery.limit(limit)), "limit", "invalid_value", "1 to 1000");
  }

  @Test
  void offset_numberOrNone_inRange() {
    assertEquals(0, BlockQuery.offset(null));
    assertEquals(12_345, BlockQuery.offset("12345"));
    assertEquals(200, BlockQuery.limit("200", 200));
    assertFault(faultOf(() -> BlockQuery.offset("-1")), "offset", "invalid_value", "0 to 10000000");
    assertFault(faultOf(() -> BlockQuery.limit("201", 200)), "limit", "invalid_value", "1 to 200");
  }

  @Test
  void hash_whole_parsed() {
    BlockHash hash = new BlockHash(-1, 2, 3, 4);

    assertEquals(hash, BlockQuery.hash(hash.toString()));
    assertFault(faultOf(() -> BlockQuery.hash("12")), "hash", "invalid_value", "64");
  }

  @Test
  void choice_unknownOrMissing_listsAll() {
    assertEquals(ClearScope.POOL, Choice.of("tier", "pool", ClearScope.class));
    assertFault(
        faultOf(() -> Choice.of("tier", "tape", ClearScope.class)),
        "tier",
        "invalid_value",
        "tape",
        "pool, near, disk, all");
    assertFault(
        faultOf(() -> Choice.of("tier", null, ClearScope.class)),
        "tier",
        "missing_required_parameter",
        "pool, near, disk, all");
  }
}

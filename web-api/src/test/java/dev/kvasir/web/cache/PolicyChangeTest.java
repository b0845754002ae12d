package dev.kvasir.web.cache;

import static dev.kvasir.web.FaultAssertions.assertFault;
import static dev.kvasir.web.FaultAssertions.faultOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.web.json.JsonBody;
import dev.kvasir.web.json.WireJson;
import jakarta.json.Json;
import java.io.StringReader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyChangeTest {
  private static final CacheSettings OLD =
      new CacheSettings(EvictionKind.LRU, 1L << 30, LoadRule.AUTO, 200);

  @Test
  void apply_nothing_asItWas() {
    assertEquals(OLD, change("{}"));
    assertEquals(OLD, change("{\"eviction\": null, \"budget_bytes\": null}"));
  }

  @Test
  void apply_one_othersStay() {
    assertEquals(
        new CacheSettings(EvictionKind.LFU, 1L << 30, LoadRule.AUTO, 200),
        change("{\"eviction\": \"lfu\"}"));
    assertEquals(
        new CacheSettings(EvictionKind.LRU, 1L << 40, LoadRule.AUTO, 200),
        change("{\"budget_bytes\": 1099511627776}"));
  }

  @Test
  void apply_parameters_keptWithTheirPolicyOnly() {
    CacheSettings tuned =
        change("{\"eviction\": \"s3_fifo\", \"parameters\": {\"small_percent\": 20}}");

    assertEquals(Map.of("small_percent", 20, "rounds", 3), tuned.policy().parameters());
    assertEquals(
        Map.of("small_percent", 20, "rounds", 5),
        change("{\"parameters\": {\"rounds\": 5}}", tuned).policy().parameters());
    assertEquals(Map.of(), change("{\"eviction\": \"lru\"}", tuned).policy().parameters());
  }

  @Test
  void apply_whatIsInForce_sameAgain() {
    String json = WireJson.write(PolicyBody.of(OLD));

    assertEquals(
        "{\"eviction\":\"lru\",\"parameters\":{},\"budget_bytes\":1073741824,"
            + "\"evict_start_percent\":90,\"evict_stop_percent\":85,\"admission\":\"always\","
            + "\"load\":\"auto\",\"deadline_ms\":200,\"ttl_seconds\":0,\"idle_seconds\":0,\"shadows\":[]}",
        json);
    assertEquals(OLD, change(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"eviction\": \"random\"} | eviction     | invalid_value | lru, lfu",
        "{\"eviction\": \"LRU\"}    | eviction     | invalid_value | lru, lfu",
        "{\"eviction\": 1}          | eviction     | invalid_type  | a string",
        "{\"load\": \"often\"}      | load         | invalid_value | auto, always, never",
        "{\"budget_bytes\": 5}      | budget_bytes | invalid_value | at least 1048576",
        "{\"budget_bytes\": 1.5}    | budget_bytes | invalid_type  | an integer",
        "{\"deadline_ms\": 0}       | deadline_ms  | invalid_value | from 1 to 60000",
        "{\"deadline_ms\": 60001}   | deadline_ms  | invalid_value | from 1 to 60000",
        "{\"admission\": \"never\"} | admission    | invalid_value | second_touch, frequency",
        "{\"evict_start_percent\": 0} | evict_start_percent | invalid_value | is 0, but must be from 1 to 100",
        "{\"evict_stop_percent\": 95} | evict_stop_percent | invalid_value | is 95, but must be from 1 to evict_start_percent, which is 90",
        "{\"ttl_seconds\": -1}    | ttl_seconds  | invalid_value | is -1, but must be from 0",
        "{\"idle_seconds\": 4000000000} | idle_seconds | invalid_type | an integer of 32 bits",
        "{\"parameters\": {\"sample\": 64}} | parameters.sample | invalid_value | no parameter of lru, which has none",
        "{\"eviction\": \"reuse\", \"parameters\": {\"sample\": 7}} | parameters.sample | invalid_value | is 7, but must be from 8 to 512",
        "{\"eviction\": \"reuse\", \"parameters\": {\"sample\": 9.5}} | parameters | invalid_type | an integer",
        "{\"shadows\": [\"lru@1\", \"best\"]} | shadows | invalid_value | one of [lru, lfu",
        "{\"shadows\": [\"lru@1\", \"lru\"]} | shadows | invalid_value | at most 4 different",
        "{\"shadows\": \"lru\"}  | shadows      | invalid_type  | an array",
        "{\"evction\": \"lru\"}     | evction      | unsupported_parameter | eviction, parameters, budget_bytes"
      })
  void apply_notAllowed_namesFieldAndAllowed(
      String body, String param, String code, String allowed) {
    assertFault(faultOf(() -> change(body)), param, code, allowed);
  }

  private static CacheSettings change(String json) {
    return change(json, OLD);
  }

  private static CacheSettings change(String json, CacheSettings old) {
    JsonBody body = new JsonBody(Json.createReader(new StringReader(json)).readObject());
    PolicyChange.requireKnownFields(body.tree());
    return PolicyChange.apply(body.as(PolicyBody.class), old);
  }
}

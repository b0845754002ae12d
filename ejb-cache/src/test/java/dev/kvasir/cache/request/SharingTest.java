package dev.kvasir.cache.request;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.cache.Prefix;
import dev.kvasir.cache.testing.TestingModel;
import dev.kvasir.cache.testing.TestingNode;
import dev.kvasir.completion.CachePolicy;
import dev.kvasir.completion.CompletionRequest;
import dev.kvasir.completion.MarkedPassage;
import dev.kvasir.completion.Passages;
import dev.kvasir.completion.Priority;
import dev.kvasir.completion.Prompt;
import dev.kvasir.completion.RequestId;
import dev.kvasir.completion.Sharing;
import dev.kvasir.completion.SharingScope;
import dev.kvasir.inference.KvLayout;
import dev.kvasir.inference.SamplingParams;
import dev.kvasir.inference.TokenIds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which requests have the same names for the same tokens. */
final class SharingTest {
  private final KvLayout layout = new TestingModel(TestingNode.CONTEXT).info().layout();
  private final TokenIds prompt = TokenIds.of(1, 2, 3, 4, 5, 6, 7, 8, 9);

  private static CompletionRequest request(String tenant, Sharing sharing) {
    return request(tenant, sharing, Passages.NONE);
  }

  private static CompletionRequest request(String tenant, Sharing sharing, Passages passages) {
    return new CompletionRequest(
        tenant,
        new Prompt.Text("it"),
        SamplingParams.GREEDY,
        5,
        1,
        CachePolicy.USE,
        sharing,
        Priority.NORMAL,
        0,
        RequestId.random(),
        passages);
  }

  private Optional<Prefix> names(SharingScope widest, String tenant, Sharing sharing) {
    return names(widest).of(layout, request(tenant, sharing), prompt);
  }

  /** Where u and v share, and w and x. */
  private static PrefixNames names(SharingScope widest) {
    Map<String, String> groups = Map.of("u", "g", "v", "g", "w", "h", "x", "h");
    return new PrefixNames("secret", widest, tenant -> Optional.ofNullable(groups.get(tenant)));
  }

  private static Sharing sharing(
      SharingScope scope, @Nullable String session, @Nullable String salt) {
    return new Sharing(scope, session, salt);
  }

  @Test
  void of_globalAndTenant_allOfTheTenantWhateverTheirSession() {
    Prefix plain = new PrefixNames("secret").of(layout, "t", prompt);
    for (SharingScope scope :
        List.of(SharingScope.GLOBAL, SharingScope.TENANT_GROUP, SharingScope.TENANT)) {
      assertEquals(plain, names(SharingScope.GLOBAL, "t", sharing(scope, "c", null)).orElseThrow());
      assertEquals(plain, names(scope, "t", Sharing.WIDEST).orElseThrow());
    }
  }

  @Test
  void of_group_oneForItsTenantsAndNobodyElse() {
    for (SharingScope scope : List.of(SharingScope.GLOBAL, SharingScope.TENANT_GROUP)) {
      List<Object> firsts = new ArrayList<>();
      for (String tenant : List.of("t", "u", "v", "w", "x")) {
        Prefix prefix = names(SharingScope.GLOBAL, tenant, sharing(scope, "c", null)).orElseThrow();
        assertEquals(prefix, names(SharingScope.GLOBAL).of(layout, tenant, prompt));
        assertEquals(tenant, prefix.tenant());
        firsts.add(prefix.hashes().get(0));
      }
      assertEquals(firsts.get(1), firsts.get(2));
      assertEquals(firsts.get(3), firsts.get(4));
      assertEquals(3, new HashSet<>(firsts).size());
    }
  }

  @Test
  void of_tenantScopeSessionOrClientSalt_nothingOfTheGroup() {
    for (Sharing narrower :
        List.of(
            sharing(SharingScope.TENANT, null, null),
            sharing(SharingScope.SESSION, "c", null),
            sharing(SharingScope.TENANT_GROUP, "c", "pepper"),
            sharing(SharingScope.GLOBAL, null, "pepper"))) {
      Set<Object> firsts = new HashSet<>();
      for (String tenant : List.of("t", "u", "v")) {
        firsts.add(names(SharingScope.GLOBAL, tenant, narrower).orElseThrow().hashes().get(0));
      }
      assertEquals(3, firsts.size(), narrower::toString);
    }
    PrefixNames none = names(SharingScope.TENANT);
    assertEquals(new PrefixNames("secret").of(layout, "u", prompt), none.of(layout, "u", prompt));
    assertEquals(
        names(SharingScope.TENANT, "u", Sharing.WIDEST).orElseThrow(),
        none.of(layout, "u", prompt));
  }

  @Test
  void of_passages_nothingOfTheGroup() {
    Passages marked = new Passages(List.of(new MarkedPassage("doc", "a text")), null);
    PrefixNames names = names(SharingScope.GLOBAL);
    for (String tenant : List.of("t", "u", "v")) {
      assertEquals(
          new PrefixNames("secret").of(layout, tenant, prompt),
          names.of(layout, request(tenant, Sharing.WIDEST, marked), prompt).orElseThrow());
    }
  }

  /** Guests name their tenants as they like. */
  @Test
  void of_tenantNamedAsAGroupIsMade_nothingInCommon() {
    Set<Object> firsts = new HashSet<>();
    List<String> tenants = List.of("u", "g", "group:g", "kvasir sharing groups 1");
    for (String tenant : tenants) {
      for (Sharing sharing : List.of(Sharing.WIDEST, sharing(SharingScope.SESSION, "g", null))) {
        firsts.add(names(SharingScope.GLOBAL, tenant, sharing).orElseThrow().hashes().get(0));
      }
    }
    assertEquals(2 * tenants.size(), firsts.size());
  }

  @Test
  void of_session_sameConversationOnly() {
    Sharing one = sharing(SharingScope.SESSION, "one", null);
    assertEquals(
        names(SharingScope.GLOBAL, "t", one),
        names(SharingScope.SESSION, "t", sharing(SharingScope.GLOBAL, "one", null)),
        "whoever narrows it");
    assertEquals(
        Optional.empty(), names(SharingScope.SESSION, "t", Sharing.WIDEST), "of no conversation");
  }

  @Test
  void of_off_nothing() {
    assertEquals(Optional.empty(), names(SharingScope.OFF, "t", Sharing.WIDEST));
    assertEquals(
        Optional.empty(),
        names(SharingScope.GLOBAL, "t", sharing(SharingScope.OFF, "one", "salt")));
  }

  @Test
  void of_whateverDiffers_noNameInCommon() {
    Set<Object> firsts = new HashSet<>();
    int kinds = 0;
    for (String tenant : List.of("t", "u")) {
      for (Sharing sharing :
          List.of(
              Sharing.WIDEST,
              sharing(SharingScope.GLOBAL, null, "one"),
              sharing(SharingScope.GLOBAL, null, "two"),
              sharing(SharingScope.SESSION, "one", null),
              sharing(SharingScope.SESSION, "two", null),
              sharing(SharingScope.SESSION, "one", "one"),
              sharing(SharingScope.SESSION, "one", "two"))) {
        firsts.addAll(names(SharingScope.GLOBAL, tenant, sharing).orElseThrow().hashes());
        kinds++;
      }
    }
    assertEquals(2 * kinds, firsts.size(), "two blocks each");
  }
}

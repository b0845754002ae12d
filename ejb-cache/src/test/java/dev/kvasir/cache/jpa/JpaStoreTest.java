package dev.kvasir.cache.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kvasir.cache.audit.AuditEvent;
import dev.kvasir.cache.audit.AuditEvent.Outcome;
import dev.kvasir.cache.audit.AuditPage;
import dev.kvasir.cache.audit.AuditQuery;
import dev.kvasir.cache.audit.AuditRecord;
import dev.kvasir.cache.tenants.ApiKey;
import dev.kvasir.cache.tenants.Grant;
import dev.kvasir.cache.tenants.KeyRole;
import dev.kvasir.cache.tenants.Life;
import dev.kvasir.cache.tenants.Membership;
import dev.kvasir.cache.tenants.Membership.Consent;
import dev.kvasir.cache.tenants.Membership.Invitation;
import dev.kvasir.cache.tenants.Registered;
import dev.kvasir.cache.tenants.SharedText;
import dev.kvasir.cache.tenants.SharingGroup;
import dev.kvasir.cache.tenants.Tenant;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables in an H2 file, made by the script that servers use. */
class JpaStoreTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private static final Tenant ACME = new Tenant("acme", NOON, 1, false);

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private EntityManagerFactory factory;

  @BeforeEach
  void open() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:file:" + folder.resolve("directory"));
    factory =
        Persistence.createEntityManagerFactory(
            "kvasir",
            Map.of(
                "jakarta.persistence.transactionType",
                "RESOURCE_LOCAL",
                "jakarta.persistence.jtaDataSource",
                source,
                "jakarta.persistence.nonJtaDataSource",
                source,
                "eclipselink.logging.level",
                "WARNING"));
  }

  @AfterEach
  void close() {
    factory.close();
  }

  @Test
  void save_thenOpenedAgain_allThereFieldByField() {
    ApiKey key =
        new ApiKey(
            "0123456789ab",
            new Grant("acme", "büro", KeyRole.OPERATOR, 60, 9_000),
            "d".repeat(64),
            new Life(NOON, NOON.plusSeconds(9), null),
            1,
            false);
    save(ACME);
    save(key);

    close();
    open();

    assertEquals(Set.of(ACME, key), load());
  }

  @Test
  void save_groupOverAndOver_membersAsInTheLast() {
    Membership acme =
        new Membership(
            "acme", new Invitation("ada", NOON), new Consent("büro", "bob", NOON.plusSeconds(2)));
    Membership zeta = new Membership("zeta", new Invitation("ada", NOON.plusSeconds(1)), null);
    Membership both =
        new Membership("zeta", zeta.invitation(), new Consent("z", "bob", NOON.plusSeconds(3)));
    int version = 1;
    for (List<Membership> members :
        List.of(
            List.of(zeta),
            List.of(acme, zeta),
            List.of(acme, both),
            List.of(acme),
            List.<Membership>of())) {
      SharingGroup group =
          new SharingGroup("g", "both", members, NOON.plusSeconds(version), version, false);
      save(group);
      close();
      open();
      assertEquals(Set.of(group), load());
      version++;
    }
    SharingGroup deleted = new SharingGroup("g", "both", List.of(), NOON, 99, true);
    save(deleted);
    save(new SharingGroup("g", "both", List.of(acme), NOON, version, false));
    assertEquals(Set.of(deleted), load());
  }

  @Test
  void save_textOverAndOver_theLastVersionInWhole() {
    save(new SharedText("alert-rules", "", "ada", NOON, 1));
    SharedText longest =
        new SharedText("alert-rules", "ä;\n".repeat(300_000), "büro", NOON.plusSeconds(1), 2);
    save(longest);
    save(new SharedText("alert-rules", "old", "ada", NOON, 1));
    close();
    open();
    assertEquals(Set.of(longest), load());
  }

  @Test
  void save_olderVersion_highestStays() {
    Tenant deleted = new Tenant("acme", NOON, 2, true);
    save(deleted);
    save(ACME);
    assertEquals(Set.of(deleted), load());
    save(new Tenant("acme", NOON, 3, false));
    assertEquals(Set.of(new Tenant("acme", NOON, 3, false)), load());
  }

  @Test
  void find_pagesAndFilters_newestFirst() {
    append(0, "ada", "PUT /api/cache/policy");
    append(1, "bob", "DELETE /api/cache");
    append(2, "ada", "100% of a_b");

    AuditPage first = find(Instant.EPOCH, "", "", 2, "");
    assertEquals(List.of("100% of a_b", "DELETE /api/cache"), whats(first));
    assertEquals(
        List.of("PUT /api/cache/policy"), whats(find(Instant.EPOCH, "", "", 2, first.next())));
    assertEquals(2, whats(find(Instant.EPOCH, "ada", "", 9, "")).size());
    assertEquals(2, whats(find(NOON.plusSeconds(1), "", "", 9, "")).size());
    assertEquals(List.of("DELETE /api/cache"), whats(find(Instant.EPOCH, "", "delete", 9, "")));
    assertEquals(List.of("100% of a_b"), whats(find(Instant.EPOCH, "", "a_b", 9, "")));
    assertEquals(List.of(), whats(find(Instant.EPOCH, "", "a%b", 9, "")));
    assertEquals(List.of(), whats(find(Instant.EPOCH, "' OR '1'='1", "", 9, "")));
  }

  @Test
  void append_twice_keptOnce() {
    append(0, "ada", "one");
    append(0, "ada", "one");
    assertEquals(1, find(Instant.EPOCH, "", "", 9, "").records().size());
  }

  @Test
  void prune_more_newestStay() {
    IntStream.range(0, 8).forEach(i -> append(i, "ada", "act " + i));
    in(
        store -> {
          store.prune(3);
          return true;
        });
    assertEquals(List.of("act 7", "act 6", "act 5"), whats(find(Instant.EPOCH, "", "", 9, "")));
  }

  private void save(Registered record) {
    in(
        store -> {
          store.save(record);
          return true;
        });
  }

  private Set<Registered> load() {
    return in(store -> new HashSet<>(store.load()));
  }

  private void append(int second, String who, String what) {
    Instant when = NOON.plusSeconds(second);
    AuditEvent event = new AuditEvent(when, who, what, "", "127.0.0.1", Outcome.DONE);
    in(
        store -> {
          store.append(List.of(new AuditRecord("%03d-%s".formatted(second, what), "a", event)));
          return true;
        });
  }

  private AuditPage find(Instant from, String who, String what, int limit, String cursor) {
    return in(store -> store.find(new AuditQuery(from, who, what, limit, cursor)));
  }

  private static List<String> whats(AuditPage page) {
    return page.records().stream().map(kept -> kept.event().what()).toList();
  }

  private <T> T in(Function<JpaStore, T> work) {
    EntityManager entities = factory.createEntityManager();
    try {
      entities.getTransaction().begin();
      T result = work.apply(new JpaStore(entities));
      entities.getTransaction().commit();
      return result;
    } finally {
      entities.close();
    }
  }
}

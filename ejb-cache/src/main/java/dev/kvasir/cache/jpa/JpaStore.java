package dev.kvasir.cache.jpa;

import dev.kvasir.cache.audit.AuditPage;
import dev.kvasir.cache.audit.AuditQuery;
import dev.kvasir.cache.audit.AuditRecord;
import dev.kvasir.cache.audit.AuditStore;
import dev.kvasir.cache.tenants.ApiKey;
import dev.kvasir.cache.tenants.RecordStore;
import dev.kvasir.cache.tenants.Registered;
import dev.kvasir.cache.tenants.SharedText;
import dev.kvasir.cache.tenants.SharingGroup;
import dev.kvasir.cache.tenants.Tenant;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The tables of this node, each call in a transaction of its own: what was saved is there after a
 * crash.
 */
@Stateless(name = "JpaStore")
@Local({RecordStore.class, AuditStore.class})
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class JpaStore implements RecordStore, AuditStore {
  private static final String FIND =
      """
      SELECT a FROM AuditRow a
      WHERE a.atMillis >= :from AND (:who = '' OR a.who = :who)
        AND LOWER(a.what) LIKE :what ESCAPE '!' AND (:cursor = '' OR a.id < :cursor)
      ORDER BY a.id DESC\
      """;

  @PersistenceContext(unitName = "kvasir")
  private EntityManager entities;

  /** For the container. */
  @SuppressWarnings("NullAway.Init") // injected
  public JpaStore() {}

  JpaStore(EntityManager entities) {
    this.entities = entities;
  }

  @Override
  public void awaitOpen() {
    // that the container has let the caller in is all
  }

  @Override
  public List<Registered> load() {
    List<Registered> all = new ArrayList<>();
    entities
        .createQuery("SELECT t FROM TenantRow t", TenantRow.class)
        .getResultStream()
        .forEach(row -> all.add(row.toTenant()));
    entities
        .createQuery("SELECT k FROM KeyRow k", KeyRow.class)
        .getResultStream()
        .forEach(row -> all.add(row.toKey()));
    entities
        .createQuery("SELECT g FROM GroupRow g", GroupRow.class)
        .getResultStream()
        .forEach(row -> all.add(row.toGroup()));
    entities
        .createQuery("SELECT t FROM TextRow t", TextRow.class)
        .getResultStream()
        .forEach(row -> all.add(row.toText()));
    return all;
  }

  @Override
  public void save(Registered record) {
    if (record instanceof Tenant tenant) {
      save(tenant, TenantRow.class, tenant.id(), TenantRow::new);
    } else if (record instanceof ApiKey key) {
      save(key, KeyRow.class, key.id(), KeyRow::new);
    } else if (record instanceof SharingGroup group) {
      save(group, GroupRow.class, group.id(), GroupRow::new);
    } else if (record instanceof SharedText text) {
      save(text, TextRow.class, text.id(), TextRow::new);
    }
  }

  private <R extends Registered, W extends VersionedRow<R>> void save(
      R record, Class<W> type, String id, Function<String, W> fresh) {
    W row = entities.find(type, id, LockModeType.PESSIMISTIC_WRITE);
    if (row == null) {
      W first = fresh.apply(id);
      first.take(record);
      entities.persist(first);
    } else if (record.version() > row.revision()) {
      row.take(record);
    }
  }

  @Override
  public void append(List<AuditRecord> records) {
    for (AuditRecord kept : records) {
      if (entities.find(AuditRow.class, kept.id()) == null) {
        entities.persist(new AuditRow(kept));
      }
    }
  }

  @Override
  public void prune(int keep) {
    List<String> firstTooOld =
        entities
            .createQuery("SELECT a.id FROM AuditRow a ORDER BY a.id DESC", String.class)
            .setFirstResult(keep)
            .setMaxResults(1)
            .getResultList();
    for (String id : firstTooOld) {
      int unused =
          entities
              .createQuery("DELETE FROM AuditRow a WHERE a.id <= :id")
              .setParameter("id", id)
              .executeUpdate();
    }
  }

  @Override
  public AuditPage find(AuditQuery query) {
    List<AuditRecord> found =
        entities
            .createQuery(FIND, AuditRow.class)
            .setParameter("from", query.from().toEpochMilli())
            .setParameter("who", query.who())
            .setParameter("what", pattern(query.what()))
            .setParameter("cursor", query.cursor())
            .setMaxResults(query.limit() + 1)
            .getResultStream()
            .map(AuditRow::toRecord)
            .toList();
    return AuditPage.of(found, query.limit());
  }

  /** Matches texts that contain this one. */
  private static String pattern(String part) {
    return "%" + part.toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%";
  }
}

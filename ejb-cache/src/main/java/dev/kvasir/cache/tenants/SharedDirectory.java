package dev.kvasir.cache.tenants;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The directory of one node. */
public final class SharedDirectory implements TenantDirectory {
  private final SharedRecords shared;
  private final Replica replica;
  private final SharedGroups groups;
  private final GroupSalts salts;
  private final SharedTexts texts;
  private final KeyDigest digest;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /** Keys used since the last {@link #upkeep}, with their hour. */
  private final Map<String, Instant> used = new ConcurrentHashMap<>();

  /**
   * Tenants that were deleted before the last {@link #upkeep}, its alone; of the others another
   * node may still be counting the blocks that leave.
   */
  private Set<String> deletedBefore = Set.of();

  /**
   * A directory that knows nothing before {@link #start}.
   *
   * @param clusterSecret the same on all nodes
   */
  public SharedDirectory(SharedRecords shared, RecordStore store, String clusterSecret, Site site) {
    this.shared = shared;
    this.replica = new Replica(shared, store, site.executor());
    this.groups = new SharedGroups(shared, replica, site.clock());
    this.salts = new GroupSalts(replica);
    this.texts = new SharedTexts(replica, site.clock());
    this.digest = new KeyDigest(clusterSecret);
    this.clock = site.clock();
  }

  /**
   * Where a directory runs.
   *
   * @param clock of creation, use and expiry
   * @param executor writes what other nodes changed
   */
  public record Site(InstantSource clock, Executor executor) {}

  /** Takes over what disk and other nodes have. */
  public void start() {
    replica.start();
  }

  /** Which of the tenants share with each other. */
  public SharingGroups groups() {
    return groups;
  }

  /** What administrators wrote for all nodes. */
  public SharedTexts texts() {
    return texts;
  }

  /** What they make their salts of. */
  public GroupSalts salts() {
    return salts;
  }

  /**
   * Mends the replica, tells of uses, and takes out what deleted tenants left behind. One at a
   * time.
   */
  public void upkeep() {
    replica.refresh();
    used.forEach(
        (id, hour) -> {
          used.remove(id, hour);
          noteUse(id, hour);
        });
    groups.letGo(deletedBefore);
    deletedBefore.forEach(shared::sweepBlocks);
    deletedBefore =
        replica
            .all(Tenant.class)
            .filter(Tenant::deleted)
            .map(Tenant::id)
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public List<Tenant> tenants() {
    List<Tenant> tenants =
        new ArrayList<>(replica.all(Tenant.class).filter(tenant -> !tenant.deleted()).toList());
    if (tenants.stream().noneMatch(tenant -> tenant.id().equals(Tenant.DEFAULT))) {
      tenants.add(new Tenant(Tenant.DEFAULT, Instant.EPOCH, 0, false));
    }
    tenants.sort(Comparator.comparing(Tenant::id));
    return List.copyOf(tenants);
  }

  @Override
  public Tenant create(String id) {
    Tenant.requireId(id);
    return replica.change(
        Tenant.registryKey(id),
        current -> {
          if (current != null || id.equals(Tenant.DEFAULT)) {
            throw TenantRefusedException.conflict(
                current != null && current.deleted()
                    ? "tenant %s was deleted, and its id is not given again; choose another"
                        .formatted(id)
                    : "there is a tenant %s already; choose another id".formatted(id));
          }
          return new Tenant(id, now(), 1, false);
        });
  }

  @Override
  public Removal delete(String id) {
    if (id.equals(Tenant.DEFAULT)) {
      throw TenantRefusedException.conflict(
          "the default tenant stays; delete its keys, or empty the cache");
    }
    require(id);
    Tenant unused =
        replica.change(
            Tenant.registryKey(id),
            current -> {
              if (!(current instanceof Tenant tenant) || tenant.deleted()) {
                throw TenantRefusedException.noTenant(id);
              }
              return tenant.asDeleted();
            });
    List<ApiKey> keys = goodKeys(id);
    keys.forEach(key -> remove(key.id()));
    Removal removal = new Removal(keys.size(), shared.dropBlocks(id));
    groups.letGo(Set.of(id));
    return removal;
  }

  @Override
  public List<ApiKey> keys(String tenant) {
    require(tenant);
    return goodKeys(tenant);
  }

  @Override
  public NewKey createKey(Grant grant, @Nullable Instant expires) {
    require(grant.tenant());
    if (expires != null && !expires.isAfter(now())) {
      throw TenantRefusedException.invalid(
          "expires", "expires is %s, but must be in the future".formatted(expires));
    }
    KeyText text = KeyText.random(random);
    ApiKey key =
        replica.change(
            ApiKey.registryKey(text.id()),
            current -> {
              if (current != null) {
                throw new IllegalStateException("two keys of one id; ask again");
              }
              Life life = new Life(now(), expires, null);
              return new ApiKey(text.id(), grant, digest.of(text.text()), life, 1, false);
            });
    return new NewKey(key, text.text());
  }

  @Override
  public void deleteKey(String tenant, String keyId) {
    if (goodKeys(tenant).stream().noneMatch(key -> key.id().equals(keyId))) {
      throw TenantRefusedException.unknown(
          "tenant %s has no key %s; GET /api/tenants/%s/keys lists those that it has"
              .formatted(tenant, keyId, tenant));
    }
    remove(keyId);
  }

  @Override
  public Optional<ApiKey> authenticate(String text) {
    return KeyText.parse(text).flatMap(this::find);
  }

  private Optional<ApiKey> find(KeyText text) {
    Registered found = replica.get(ApiKey.registryKey(text.id()));
    boolean matches = digest.matches(found instanceof ApiKey key ? key.digest() : "", text.text());
    if (!matches || !(found instanceof ApiKey key) || !isGood(key)) {
      return Optional.empty();
    }
    Instant hour = now().truncatedTo(ChronoUnit.HOURS);
    if (!hour.equals(key.life().lastUsed())) {
      used.put(key.id(), hour);
    }
    return Optional.of(key);
  }

  private boolean isGood(ApiKey key) {
    return !key.deleted() && !key.life().isOver(now()) && exists(key.grant().tenant());
  }

  @Override
  public boolean exists(String tenant) {
    return replica.hasTenant(tenant);
  }

  private void require(String tenant) {
    if (!exists(tenant)) {
      throw TenantRefusedException.noTenant(tenant);
    }
  }

  private List<ApiKey> goodKeys(String tenant) {
    return replica
        .all(ApiKey.class)
        .filter(key -> !key.deleted() && key.grant().tenant().equals(tenant))
        .sorted(
            Comparator.comparing((ApiKey key) -> key.life().created()).thenComparing(ApiKey::id))
        .toList();
  }

  private void remove(String keyId) {
    ApiKey unused =
        replica.change(
            ApiKey.registryKey(keyId),
            current -> {
              if (!(current instanceof ApiKey key)) {
                throw TenantRefusedException.unknown("there is no key " + keyId);
              }
              return key.deleted() ? key : key.asDeleted();
            });
  }

  private void noteUse(String keyId, Instant hour) {
    Registered known = replica.get(ApiKey.registryKey(keyId));
    if (known instanceof ApiKey key && !key.deleted() && !hour.equals(key.life().lastUsed())) {
      Registered unused =
          replica.<Registered>change(
              key.registryKey(),
              current ->
                  current instanceof ApiKey last && !last.deleted()
                      ? last.asUsed(hour)
                      : Objects.requireNonNullElse(current, key));
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}

package dev.kvasir.console;

import dev.kvasir.cache.tenants.ApiKey;
import dev.kvasir.cache.tenants.Grant;
import dev.kvasir.cache.tenants.Life;
import dev.kvasir.cache.tenants.NewKey;
import dev.kvasir.cache.tenants.Removal;
import dev.kvasir.cache.tenants.Tenant;
import dev.kvasir.cache.tenants.TenantDirectory;
import dev.kvasir.cache.tenants.TenantRefusedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A directory in memory, with one key text for all. */
public final class TestingDirectory implements TenantDirectory {
  /** Text of every key. */
  public static final String KEY = "sk-kvasir-testing";

  private final List<Tenant> tenants =
      new ArrayList<>(List.of(new Tenant(Tenant.DEFAULT, Instant.EPOCH, 0, false)));
  private final List<ApiKey> keys = new ArrayList<>();

  /** Whether reading fails. */
  public boolean fails;

  @Override
  public List<Tenant> tenants() {
    if (fails) {
      throw new IllegalStateException("no grid");
    }
    return List.copyOf(tenants);
  }

  @Override
  public boolean exists(String id) {
    return tenants.stream().anyMatch(tenant -> tenant.id().equals(id));
  }

  @Override
  public Tenant create(String id) {
    if (tenants.stream().anyMatch(tenant -> tenant.id().equals(id))) {
      throw TenantRefusedException.conflict(
          "there is a tenant %s already; choose another id".formatted(id));
    }
    Tenant made = new Tenant(id, Instant.EPOCH, 1, false);
    tenants.add(made);
    return made;
  }

  @Override
  public Removal delete(String id) {
    tenants.removeIf(tenant -> tenant.id().equals(id));
    return new Removal(0, new Removal.Dropped(3, 2, 1, 4));
  }

  @Override
  public List<ApiKey> keys(String tenant) {
    return keys.stream().filter(key -> key.grant().tenant().equals(tenant)).toList();
  }

  @Override
  public NewKey createKey(Grant grant, @Nullable Instant expires) {
    Life life = new Life(Instant.EPOCH, expires, null);
    ApiKey key = new ApiKey("id" + keys.size(), grant, "", life, 1, false);
    keys.add(key);
    return new NewKey(key, KEY);
  }

  @Override
  public void deleteKey(String tenant, String keyId) {
    keys.removeIf(key -> key.id().equals(keyId));
  }

  @Override
  public Optional<ApiKey> authenticate(String text) {
    return Optional.empty();
  }
}

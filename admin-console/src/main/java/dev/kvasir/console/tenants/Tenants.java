package dev.kvasir.console.tenants;

import dev.kvasir.cache.tenants.ApiKey;
import dev.kvasir.cache.tenants.Grant;
import dev.kvasir.cache.tenants.KeyRole;
import dev.kvasir.cache.tenants.NewKey;
import dev.kvasir.cache.tenants.Removal;
import dev.kvasir.cache.tenants.Tenant;
import dev.kvasir.cache.tenants.TenantDirectory;
import dev.kvasir.cache.tenants.TenantRefusedException;
import dev.kvasir.console.Acts;
import dev.kvasir.console.Notices;
import dev.kvasir.console.Texts;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.lang.System.Logger.Level;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The page of tenants and their keys. */
@Named
@ViewScoped
@SuppressWarnings("serial") // the container injects proxies, which are serializable
public class Tenants implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final System.Logger LOGGER = System.getLogger(Tenants.class.getName());

  @EJB TenantDirectory directory;
  @Inject Notices notices;
  @Inject Acts acts;

  private List<Tenant> list = List.of();
  private List<ApiKey> keys = List.of();
  private String newTenant = "";
  private String chosen = Tenant.DEFAULT;
  private String keyName = "";
  private KeyRole keyRole = KeyRole.APP;
  private int keyRequests;
  private int keyTokens;
  private @Nullable LocalDate keyExpires;
  private String shownOnce = "";
  private String confirmation = "";

  @PostConstruct
  void load() {
    attempt(this::refresh);
  }

  /** Makes a tenant, and shows it. */
  public void create() {
    act(
        "create tenant",
        newTenant,
        () -> {
          Tenant made = directory.create(newTenant);
          notices.done(Texts.of("tenants.created", made.id()));
          newTenant = "";
          show(made.id());
        });
  }

  /** Shows a tenant's keys. */
  public void choose(String tenant) {
    shownOnce = "";
    confirmation = "";
    attempt(() -> show(tenant));
  }

  /** Makes a key of the chosen tenant, and shows it until the page goes on. */
  public void createKey() {
    LocalDate expires = keyExpires;
    act(
        "create key",
        "tenant " + chosen,
        () -> {
          NewKey made =
              directory.createKey(
                  new Grant(chosen, keyName, keyRole, keyRequests, keyTokens),
                  expires == null ? null : expires.atStartOfDay(ZoneOffset.UTC).toInstant());
          shownOnce = made.text();
          keyName = "";
          notices.done(Texts.of("tenants.keyCreated"));
          refresh();
        });
  }

  /** Makes a key nobody's. */
  public void deleteKey(String id) {
    act(
        "delete key",
        id,
        () -> {
          directory.deleteKey(chosen, id);
          shownOnce = "";
          notices.done(Texts.of("tenants.keyDeleted"));
          refresh();
        });
  }

  /** Deletes the chosen tenant, if its id was typed to confirm it. */
  public void delete() {
    if (!confirmation.strip().equals(chosen)) {
      notices.nothing(Texts.of("tenants.notConfirmed", chosen));
      return;
    }
    act(
        "delete tenant",
        chosen,
        () -> {
          Removal removal = directory.delete(chosen);
          Removal.Dropped blocks = removal.blocks();
          notices.done(
              Texts.of(
                  "tenants.deleted",
                  chosen,
                  removal.keys(),
                  blocks.grid(),
                  blocks.near(),
                  blocks.disk(),
                  blocks.pool()));
          confirmation = "";
          show(Tenant.DEFAULT);
        });
  }

  private void show(String tenant) {
    chosen = tenant;
    refresh();
  }

  private void refresh() {
    list = directory.tenants();
    keys = directory.keys(chosen);
  }

  private void act(String what, String target, Runnable action) {
    attempt(() -> acts.run(what, target, action));
  }

  private void attempt(Runnable action) {
    try {
      action.run();
    } catch (TenantRefusedException e) {
      notices.failed(Texts.sentence(e.getMessage()));
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, "KVASIR-C04: the tenants page could not do what was asked", e);
      notices.failed(Texts.of("tenants.failed"));
    }
  }

  public List<Tenant> getList() {
    return list;
  }

  public List<ApiKey> getKeys() {
    return keys;
  }

  public KeyRole[] getRoles() {
    return KeyRole.values();
  }

  /** The tenant whose keys are shown. */
  public String getChosen() {
    return chosen;
  }

  /** Whether the chosen tenant can be deleted. */
  public boolean isDeletable() {
    return !chosen.equals(Tenant.DEFAULT);
  }

  /** The key that was made last, until something else is done; empty if there is none. */
  public String getShownOnce() {
    return shownOnce;
  }

  public String getNewTenant() {
    return newTenant;
  }

  public void setNewTenant(String newTenant) {
    this.newTenant = newTenant.strip();
  }

  public String getKeyName() {
    return keyName;
  }

  public void setKeyName(String keyName) {
    this.keyName = keyName.strip();
  }

  public KeyRole getKeyRole() {
    return keyRole;
  }

  public void setKeyRole(KeyRole keyRole) {
    this.keyRole = keyRole;
  }

  /** Most completions a minute by the next key; 0: no bound of its own. */
  public int getKeyRequests() {
    return keyRequests;
  }

  public void setKeyRequests(int keyRequests) {
    this.keyRequests = keyRequests;
  }

  /** Most tokens a minute by the next key, likewise. */
  public int getKeyTokens() {
    return keyTokens;
  }

  public void setKeyTokens(int keyTokens) {
    this.keyTokens = keyTokens;
  }

  public @Nullable LocalDate getKeyExpires() {
    return keyExpires;
  }

  public void setKeyExpires(@Nullable LocalDate keyExpires) {
    this.keyExpires = keyExpires;
  }

  public String getConfirmation() {
    return confirmation;
  }

  public void setConfirmation(String confirmation) {
    this.confirmation = confirmation;
  }
}

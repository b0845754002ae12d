package dev.kvasir.console.tenants;

import dev.kvasir.cache.tenants.GroupChange;
import dev.kvasir.cache.tenants.SeenGroup;
import dev.kvasir.cache.tenants.SharingGroup;
import dev.kvasir.cache.tenants.SharingGroups;
import dev.kvasir.cache.tenants.StaleGroupException;
import dev.kvasir.cache.tenants.TenantDirectory;
import dev.kvasir.cache.tenants.TenantRefusedException;
import dev.kvasir.console.Acts;
import dev.kvasir.console.Administrator;
import dev.kvasir.console.Notices;
import dev.kvasir.console.Texts;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The part of the tenants' page about the groups in which they share. */
@Named
@ViewScoped
@SuppressWarnings("serial") // the container injects proxies, which are serializable
public class Groups implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final System.Logger LOGGER = System.getLogger(Groups.class.getName());

  @EJB SharingGroups groups;
  @EJB TenantDirectory directory;
  @Inject Notices notices;
  @Inject Acts acts;
  @Inject Administrator administrator;

  private List<SharingGroup> list = List.of();
  private @Nullable GroupView shown;
  private String newId = "";
  private String newName = "";
  private String invited = "";
  private String consenting = "";
  private String givenBy = "";

  @PostConstruct
  void load() {
    attempt(this::refresh);
  }

  /** Makes a group, and shows it. */
  public void create() {
    act(
        "create group",
        newId,
        () -> {
          SharingGroup made = groups.create(newId, newName.isEmpty() ? newId : newName);
          notices.done(Texts.of("groups.created", made.id()));
          newId = "";
          newName = "";
          show(made.id());
        });
  }

  /** Shows a group's members. */
  public void choose(String id) {
    attempt(() -> show(id));
  }

  /** Asks a tenant in. */
  public void invite() {
    change(
        "invite",
        invited,
        seen -> groups.invite(seen, invited, administrator.name()),
        Texts.of("groups.invited", invited));
  }

  /** Records a member's consent. */
  public void consent() {
    change(
        "consent",
        consenting + ", given by " + givenBy,
        seen -> {
          GroupChange made = groups.consent(seen, consenting, givenBy, administrator.name());
          givenBy = "";
          return made;
        },
        Texts.of("groups.consented", consenting));
  }

  /** Lets a member go. */
  public void leave(String tenant) {
    change("leave", tenant, seen -> groups.leave(seen, tenant), Texts.of("groups.left", tenant));
  }

  /** Deletes the group that is shown. */
  public void delete() {
    change("delete", "", groups::delete, Texts.of("groups.deleted"));
  }

  private void change(
      String what, String target, Function<SeenGroup, GroupChange> change, String done) {
    GroupView view = shown;
    if (view == null) {
      return;
    }
    SharingGroup seen = view.group();
    act(
        what + " group",
        "%s %s".formatted(seen.id(), target).strip(),
        () -> {
          GroupChange made = change.apply(new SeenGroup(seen.id(), seen.tag()::equals));
          notices.done(done + left(made));
          refresh();
        });
  }

  private static String left(GroupChange change) {
    long blocks = change.blocks().grid();
    return blocks == 0 ? "" : " " + Texts.of("groups.blocks", blocks);
  }

  private void refresh() {
    show(shown == null ? "" : shown.group().id());
  }

  private void show(String id) {
    list = groups.groups();
    shown = GroupView.of(list, id, directory.tenants());
  }

  private void act(String what, String target, Runnable action) {
    attempt(() -> acts.run(what, target, action));
  }

  private void attempt(Runnable action) {
    try {
      action.run();
    } catch (StaleGroupException e) {
      notices.nothing(Texts.of("groups.faster"));
      attempt(this::refresh);
    } catch (TenantRefusedException e) {
      notices.failed(Texts.sentence(e.getMessage()));
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, "KVASIR-C08: the groups could not do what was asked", e);
      notices.failed(Texts.of("tenants.failed"));
    }
  }

  public List<SharingGroup> getList() {
    return list;
  }

  /** The group whose members are shown; null if there is none. */
  public @Nullable GroupView getShown() {
    return shown;
  }

  public String getNewId() {
    return newId;
  }

  public void setNewId(String newId) {
    this.newId = newId.strip();
  }

  public String getNewName() {
    return newName;
  }

  public void setNewName(String newName) {
    this.newName = newName.strip();
  }

  public String getInvited() {
    return invited;
  }

  public void setInvited(String invited) {
    this.invited = invited;
  }

  public String getConsenting() {
    return consenting;
  }

  public void setConsenting(String consenting) {
    this.consenting = consenting;
  }

  public String getGivenBy() {
    return givenBy;
  }

  public void setGivenBy(String givenBy) {
    this.givenBy = givenBy.strip();
  }
}

package dev.kvasir.cache.jpa;

import dev.kvasir.cache.tenants.Membership;
import dev.kvasir.cache.tenants.SharingGroup;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A sharing group in its table, with its members in theirs. */
@Entity
@Table(name = "kvasir_group")
@SuppressWarnings("NullAway.Init") // the provider fills them in
public class GroupRow implements VersionedRow<SharingGroup> {
  @Id private String id;
  private String name;

  @Column(name = "changed_millis")
  private long changedMillis;

  private long revision;
  private boolean deleted;

  @ElementCollection(fetch = FetchType.EAGER)
  @CollectionTable(name = "kvasir_group_member", joinColumns = @JoinColumn(name = "group_id"))
  private List<MemberRow> members = new ArrayList<>();

  /** For the provider. */
  protected GroupRow() {}

  GroupRow(String id) {
    this.id = id;
  }

  @Override
  public void take(SharingGroup group) {
    name = group.name();
    changedMillis = group.changed().toEpochMilli();
    revision = group.version();
    deleted = group.deleted();
    members.clear();
    group.members().forEach(member -> members.add(new MemberRow(member)));
  }

  SharingGroup toGroup() {
    List<Membership> inOrder =
        members.stream()
            .map(MemberRow::toMembership)
            .sorted(Comparator.comparing(member -> member.invitation().at()))
            .toList();
    return new SharingGroup(
        id, name, inOrder, Instant.ofEpochMilli(changedMillis), revision, deleted);
  }

  @Override
  public long revision() {
    return revision;
  }
}

package dev.kvasir.cache.grid;

import static dev.kvasir.cache.grid.RecordFields.text;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import dev.kvasir.cache.tenants.Membership;
import dev.kvasir.cache.tenants.Membership.Consent;
import dev.kvasir.cache.tenants.Membership.Invitation;
import dev.kvasir.cache.tenants.SharingGroup;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How sharing groups are written, as {@link RecordFields} are. */
final class GroupFields {
  private GroupFields() {}

  static void write(ObjectDataOutput out, SharingGroup group) throws IOException {
    out.writeString(group.id());
    out.writeString(group.name());
    out.writeLong(group.changed().toEpochMilli());
    out.writeLong(group.version());
    out.writeBoolean(group.deleted());
    out.writeInt(group.members().size());
    for (Membership member : group.members()) {
      writeMember(out, member);
    }
  }

  static SharingGroup read(ObjectDataInput in) throws IOException {
    String id = text(in);
    String name = text(in);
    Instant changed = Instant.ofEpochMilli(in.readLong());
    long version = in.readLong();
    boolean deleted = in.readBoolean();
    List<Membership> members = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      members.add(readMember(in));
    }
    return new SharingGroup(id, name, members, changed, version, deleted);
  }

  private static void writeMember(ObjectDataOutput out, Membership member) throws IOException {
    out.writeString(member.tenant());
    out.writeString(member.invitation().by());
    out.writeLong(member.invitation().at().toEpochMilli());
    Consent consent = member.consent();
    out.writeBoolean(consent != null);
    if (consent != null) {
      out.writeString(consent.givenBy());
      out.writeString(consent.recordedBy());
      out.writeLong(consent.at().toEpochMilli());
    }
  }

  private static Membership readMember(ObjectDataInput in) throws IOException {
    String tenant = text(in);
    Invitation invitation = new Invitation(text(in), Instant.ofEpochMilli(in.readLong()));
    @Nullable Consent consent =
        in.readBoolean()
            ? new Consent(text(in), text(in), Instant.ofEpochMilli(in.readLong()))
            : null;
    return new Membership(tenant, invitation, consent);
  }
}

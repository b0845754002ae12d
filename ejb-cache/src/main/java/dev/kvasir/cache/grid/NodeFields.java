package dev.kvasir.cache.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import dev.kvasir.cache.ClientInfo;
import dev.kvasir.cache.NodeReport;
import dev.kvasir.cache.NodeReport.Load;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Fields of what nodes say to each other of themselves, in the order in which they travel. */
final class NodeFields {
  private NodeFields() {}

  static MemberNumbers readNumbers(ObjectDataInput in) throws IOException {
    return new MemberNumbers(
        in.readLong(), in.readLong(), in.readLong(), in.readBoolean(), readReport(in));
  }

  static void writeNumbers(ObjectDataOutput out, MemberNumbers numbers) throws IOException {
    out.writeLong(numbers.ownedBlocks());
    out.writeLong(numbers.ownedBytes());
    out.writeLong(numbers.backupBytes());
    out.writeBoolean(numbers.safe());
    writeReport(out, numbers.report());
  }

  private static NodeReport readReport(ObjectDataInput in) throws IOException {
    return new NodeReport(
        RecordFields.text(in),
        RecordFields.text(in),
        true,
        in.readLong(),
        in.readBoolean() ? readLoad(in) : null);
  }

  private static Load readLoad(ObjectDataInput in) throws IOException {
    return new Load(in.readInt(), in.readInt(), in.readInt(), in.readBoolean(), in.readDouble());
  }

  private static void writeReport(ObjectDataOutput out, NodeReport report) throws IOException {
    out.writeString(report.version());
    out.writeString(report.java());
    out.writeLong(report.nearBlocks());
    Load load = report.load();
    out.writeBoolean(load != null);
    if (load != null) {
      out.writeInt(load.running());
      out.writeInt(load.waiting());
      out.writeInt(load.slots());
      out.writeBoolean(load.draining());
      out.writeDouble(load.tokensPerSecond());
    }
  }

  static DroppedHere readDropped(ObjectDataInput in) throws IOException {
    return new DroppedHere(in.readInt(), in.readInt(), in.readLong());
  }

  static void writeDropped(ObjectDataOutput out, DroppedHere dropped) throws IOException {
    out.writeInt(dropped.near());
    out.writeInt(dropped.pool());
    out.writeLong(dropped.disk());
  }

  static Inbox.Letter readLetter(ObjectDataInput in) throws IOException {
    return new Inbox.Letter(
        BlockFields.readId(in), BlockFields.readId(in), in.readLong(), in.readObject());
  }

  static void writeLetter(ObjectDataOutput out, Inbox.Letter letter) throws IOException {
    BlockFields.writeId(out, letter.to());
    BlockFields.writeId(out, letter.from());
    out.writeLong(letter.number());
    out.writeObject(letter.content());
  }

  static Told<?> readTold(ObjectDataInput in) throws IOException {
    NodeId by = new NodeId(BlockFields.readId(in), in.readBoolean());
    return new Told<>(by, Objects.requireNonNull(in.<Object>readObject()));
  }

  static void writeTold(ObjectDataOutput out, Told<?> told) throws IOException {
    BlockFields.writeId(out, told.by().id());
    out.writeBoolean(told.by().client());
    out.writeObject(told.content());
  }

  static ClientNode.Connected readClients(ObjectDataInput in) throws IOException {
    int size = in.readInt();
    List<ClientNode> clients = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      clients.add(
          new ClientNode(
              BlockFields.readId(in),
              new ClientInfo(
                  Objects.requireNonNull(in.readString()),
                  Objects.requireNonNull(in.readString()))));
    }
    return new ClientNode.Connected(clients);
  }

  static void writeClients(ObjectDataOutput out, ClientNode.Connected connected)
      throws IOException {
    out.writeInt(connected.clients().size());
    for (ClientNode client : connected.clients()) {
      BlockFields.writeId(out, client.id());
      out.writeString(client.info().name());
      out.writeString(client.info().address());
    }
  }
}

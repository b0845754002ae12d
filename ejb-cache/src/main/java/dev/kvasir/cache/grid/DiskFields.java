package dev.kvasir.cache.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Objects;

/** Fields of what members say to each other of their disks, in the order in which they travel. */
final class DiskFields {
  private DiskFields() {}

  static DiskNews readNews(ObjectDataInput in) throws IOException {
    return new DiskNews(BlockFields.readHashes(in), BlockFields.readHashes(in), in.readBoolean());
  }

  static void writeNews(ObjectDataOutput out, DiskNews news) throws IOException {
    BlockFields.writeHashes(out, news.added());
    BlockFields.writeHashes(out, news.removed());
    out.writeBoolean(news.all());
  }

  static AskDisk readAsk(ObjectDataInput in) throws IOException {
    return new AskDisk(new DiskDirectory.Summary(in.readInt(), in.readLong()));
  }

  static void writeAsk(ObjectDataOutput out, AskDisk ask) throws IOException {
    out.writeInt(ask.known().blocks());
    out.writeLong(ask.known().sum());
  }

  static ReadDisk readRead(ObjectDataInput in) throws IOException {
    return new ReadDisk(BlockFields.readHash(in), in.readInt());
  }

  static void writeRead(ObjectDataOutput out, ReadDisk read) throws IOException {
    BlockFields.writeHash(out, read.hash());
    out.writeInt(read.deadlineMillis());
  }

  static DropFromDisk readDrop(ObjectDataInput in) throws IOException {
    return new DropFromDisk(BlockFields.readHash(in));
  }

  static void writeDrop(ObjectDataOutput out, DropFromDisk drop) throws IOException {
    BlockFields.writeHash(out, drop.hash());
  }

  static DiskAnswer readAnswer(ObjectDataInput in) throws IOException {
    return new DiskAnswer(
        DiskAnswer.Kind.valueOf(in.readString()), Objects.requireNonNull(in.readByteArray()));
  }

  static void writeAnswer(ObjectDataOutput out, DiskAnswer answer) throws IOException {
    out.writeString(answer.kind().name());
    out.writeByteArray(answer.payload());
  }
}

package dev.kvasir.cache.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import dev.kvasir.inference.BlockHash;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** Fields of what members say to each other of their disks, in the order in which they travel. */
final class DiskFields {
  private DiskFields() {}

  static DiskNews readNews(ObjectDataInput in) throws IOException {
    return new DiskNews(Serializers.readHashes(in), Serializers.readHashes(in), in.readBoolean());
  }

  static void writeNews(ObjectDataOutput out, DiskNews news) throws IOException {
    Serializers.writeHashes(out, news.added());
    Serializers.writeHashes(out, news.removed());
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
    return new ReadDisk(readHash(in), in.readInt());
  }

  static void writeRead(ObjectDataOutput out, ReadDisk read) throws IOException {
    writeHash(out, read.hash());
    out.writeInt(read.deadlineMillis());
  }

  static DropFromDisk readDrop(ObjectDataInput in) throws IOException {
    return new DropFromDisk(readHash(in));
  }

  static void writeDrop(ObjectDataOutput out, DropFromDisk drop) throws IOException {
    writeHash(out, drop.hash());
  }

  static DiskAnswer readAnswer(ObjectDataInput in) throws IOException {
    return new DiskAnswer(
        DiskAnswer.Kind.valueOf(in.readString()), Objects.requireNonNull(in.readByteArray()));
  }

  static void writeAnswer(ObjectDataOutput out, DiskAnswer answer) throws IOException {
    out.writeString(answer.kind().name());
    out.writeByteArray(answer.payload());
  }

  private static BlockHash readHash(ObjectDataInput in) throws IOException {
    return Serializers.readHashes(in).get(0);
  }

  private static void writeHash(ObjectDataOutput out, BlockHash hash) throws IOException {
    Serializers.writeHashes(out, List.of(hash));
  }
}

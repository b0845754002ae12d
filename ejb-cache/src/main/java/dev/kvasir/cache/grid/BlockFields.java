package dev.kvasir.cache.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import dev.kvasir.inference.BlockHash;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Fields of blocks' names, and of what is known of blocks, in the order in which they travel. */
final class BlockFields {
  private BlockFields() {}

  static void writeHash(ObjectDataOutput out, BlockHash hash) throws IOException {
    out.writeLong(hash.word0());
    out.writeLong(hash.word1());
    out.writeLong(hash.word2());
    out.writeLong(hash.word3());
  }

  static BlockHash readHash(ObjectDataInput in) throws IOException {
    return new BlockHash(in.readLong(), in.readLong(), in.readLong(), in.readLong());
  }

  static IndexEntry readIndexEntry(ObjectDataInput in) throws IOException {
    @Nullable BlockHash parent = in.readBoolean() ? readHash(in) : null;
    return new IndexEntry(
        parent,
        in.readInt(),
        in.readInt(),
        Objects.requireNonNull(in.readString()),
        in.readLong(),
        in.readBoolean());
  }

  static void writeIndexEntry(ObjectDataOutput out, IndexEntry entry) throws IOException {
    BlockHash parent = entry.parent();
    out.writeBoolean(parent != null);
    if (parent != null) {
      writeHash(out, parent);
    }
    out.writeInt(entry.depth());
    out.writeInt(entry.bytes());
    out.writeString(entry.tenant());
    out.writeLong(entry.storedMillis());
    out.writeBoolean(entry.expired());
  }

  static FlightEntry readFlight(ObjectDataInput in) throws IOException {
    return new FlightEntry(readId(in), readHashes(in), in.readBoolean());
  }

  static void writeFlight(ObjectDataOutput out, FlightEntry entry) throws IOException {
    writeId(out, entry.member());
    writeHashes(out, entry.blocks());
    out.writeBoolean(entry.landed());
  }

  static List<BlockHash> readHashes(ObjectDataInput in) throws IOException {
    BlockHash[] hashes = new BlockHash[in.readInt()];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = readHash(in);
    }
    return List.of(hashes);
  }

  static void writeHashes(ObjectDataOutput out, List<BlockHash> hashes) throws IOException {
    out.writeInt(hashes.size());
    for (BlockHash hash : hashes) {
      writeHash(out, hash);
    }
  }

  static Usages readUsages(ObjectDataInput in) throws IOException {
    return new Usages(
        readHashes(in),
        Objects.requireNonNull(in.readLongArray()),
        Objects.requireNonNull(in.readLongArray()));
  }

  static void writeUsages(ObjectDataOutput out, Usages usages) throws IOException {
    writeHashes(out, usages.hashes());
    out.writeLongArray(usages.uses());
    out.writeLongArray(usages.idleNanos());
  }

  static UUID readId(ObjectDataInput in) throws IOException {
    return new UUID(in.readLong(), in.readLong());
  }

  static void writeId(ObjectDataOutput out, UUID id) throws IOException {
    out.writeLong(id.getMostSignificantBits());
    out.writeLong(id.getLeastSignificantBits());
  }
}

package dev.kvasir.cache.grid;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.inference.BlockHash;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How our types travel between members: fixed fields under fixed numbers, no reflection. */
final class Serializers {
  private static final int BLOCK_HASH = 1;
  private static final int INDEX_ENTRY = 2;
  private static final int STORE_IF_ABSENT = 3;
  private static final int CACHE_SETTINGS = 4;
  private static final int TOUCHES = 5;
  private static final int USAGES = 6;

  private Serializers() {}

  static void register(SerializationConfig config) {
    add(config, BlockHash.class, new OfBlockHash());
    add(config, IndexEntry.class, new OfIndexEntry());
    add(config, StoreIfAbsent.class, new OfStoreIfAbsent());
    add(config, CacheSettings.class, new OfCacheSettings());
    add(config, Touches.class, new OfTouches());
    add(config, Usages.class, new OfUsages());
  }

  private static <T> void add(
      SerializationConfig config, Class<T> type, StreamSerializer<T> serializer) {
    config.addSerializerConfig(
        new SerializerConfig().setTypeClass(type).setImplementation(serializer));
  }

  private static void writeHash(ObjectDataOutput out, BlockHash hash) throws IOException {
    out.writeLong(hash.word0());
    out.writeLong(hash.word1());
    out.writeLong(hash.word2());
    out.writeLong(hash.word3());
  }

  private static BlockHash readHash(ObjectDataInput in) throws IOException {
    return new BlockHash(in.readLong(), in.readLong(), in.readLong(), in.readLong());
  }

  private static final class OfBlockHash implements StreamSerializer<BlockHash> {
    @Override
    public int getTypeId() {
      return BLOCK_HASH;
    }

    @Override
    public void write(ObjectDataOutput out, BlockHash hash) throws IOException {
      writeHash(out, hash);
    }

    @Override
    public BlockHash read(ObjectDataInput in) throws IOException {
      return readHash(in);
    }
  }

  private static final class OfIndexEntry implements StreamSerializer<IndexEntry> {
    @Override
    public int getTypeId() {
      return INDEX_ENTRY;
    }

    @Override
    public void write(ObjectDataOutput out, IndexEntry entry) throws IOException {
      BlockHash parent = entry.parent();
      out.writeBoolean(parent != null);
      if (parent != null) {
        writeHash(out, parent);
      }
      out.writeInt(entry.depth());
      out.writeInt(entry.bytes());
      out.writeString(entry.tenant());
    }

    @Override
    public IndexEntry read(ObjectDataInput in) throws IOException {
      @Nullable BlockHash parent = in.readBoolean() ? readHash(in) : null;
      return new IndexEntry(
          parent, in.readInt(), in.readInt(), Objects.requireNonNull(in.readString()));
    }
  }

  private static final class OfStoreIfAbsent implements StreamSerializer<StoreIfAbsent> {
    @Override
    public int getTypeId() {
      return STORE_IF_ABSENT;
    }

    @Override
    public void write(ObjectDataOutput out, StoreIfAbsent store) throws IOException {
      out.writeByteArray(store.payload());
    }

    @Override
    public StoreIfAbsent read(ObjectDataInput in) throws IOException {
      return new StoreIfAbsent(Objects.requireNonNull(in.readByteArray()));
    }
  }

  private static final class OfCacheSettings implements StreamSerializer<CacheSettings> {
    @Override
    public int getTypeId() {
      return CACHE_SETTINGS;
    }

    @Override
    public void write(ObjectDataOutput out, CacheSettings settings) throws IOException {
      out.writeString(settings.eviction().name());
      out.writeLong(settings.budgetBytes());
      out.writeString(settings.load().name());
      out.writeInt(settings.deadlineMillis());
    }

    @Override
    public CacheSettings read(ObjectDataInput in) throws IOException {
      return new CacheSettings(
          EvictionKind.valueOf(in.readString()),
          in.readLong(),
          LoadRule.valueOf(in.readString()),
          in.readInt());
    }
  }

  private static final class OfTouches implements StreamSerializer<Touches> {
    @Override
    public int getTypeId() {
      return TOUCHES;
    }

    @Override
    public void write(ObjectDataOutput out, Touches touches) throws IOException {
      out.writeInt(touches.size());
      for (int i = 0; i < touches.size(); i++) {
        writeHash(out, touches.hashes().get(i));
        out.writeLong(touches.uses()[i]);
      }
    }

    @Override
    public Touches read(ObjectDataInput in) throws IOException {
      BlockHash[] hashes = new BlockHash[in.readInt()];
      long[] uses = new long[hashes.length];
      for (int i = 0; i < hashes.length; i++) {
        hashes[i] = readHash(in);
        uses[i] = in.readLong();
      }
      return new Touches(List.of(hashes), uses);
    }
  }

  private static final class OfUsages implements StreamSerializer<Usages> {
    @Override
    public int getTypeId() {
      return USAGES;
    }

    @Override
    public void write(ObjectDataOutput out, Usages usages) throws IOException {
      out.writeInt(usages.size());
      for (BlockHash hash : usages.hashes()) {
        writeHash(out, hash);
      }
      out.writeLongArray(usages.uses());
      out.writeLongArray(usages.idleNanos());
    }

    @Override
    public Usages read(ObjectDataInput in) throws IOException {
      BlockHash[] hashes = new BlockHash[in.readInt()];
      for (int i = 0; i < hashes.length; i++) {
        hashes[i] = readHash(in);
      }
      return new Usages(
          List.of(hashes),
          Objects.requireNonNull(in.readLongArray()),
          Objects.requireNonNull(in.readLongArray()));
    }
  }
}

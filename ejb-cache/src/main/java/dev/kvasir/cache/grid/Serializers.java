package dev.kvasir.cache.grid;

import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.SerializationConfig;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import dev.kvasir.cache.audit.AuditRecord;
import dev.kvasir.cache.tenants.ApiKey;
import dev.kvasir.cache.tenants.SharingGroup;
import dev.kvasir.cache.tenants.Tenant;
import dev.kvasir.inference.BlockHash;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How our types travel between members: fixed fields under fixed numbers, no reflection. Java's own
 * serialization is left to the exceptions with which Hazelcast answers, and to nothing else.
 */
final class Serializers {
  private static final int BLOCK_HASH = 1;
  private static final int INDEX_ENTRY = 2;
  private static final int STORE_IF_ABSENT = 3;
  private static final int SETTINGS_LEDGER = 4;
  private static final int USAGES = 5;
  private static final int COMMIT_SETTINGS = 6;
  private static final int FLIGHT_ENTRY = 21;
  private static final int CLAIM_FLIGHT = 22;
  private static final int DISK_NEWS = 31;
  private static final int ASK_DISK = 32;
  private static final int READ_DISK = 33;
  private static final int DROP_FROM_DISK = 34;
  private static final int DISK_ANSWER = 35;
  private static final int READ_PAYLOAD = 36;
  private static final int TENANT = 40;
  private static final int API_KEY = 41;
  private static final int FORGET_TENANT = 42;
  private static final int DROPPED_HERE = 43;
  private static final int AUDIT_RECORD = 44;
  private static final int ASK_NUMBERS = 45;
  private static final int MEMBER_NUMBERS = 46;
  private static final int ASK_USAGES = 47;
  private static final int FORGET_ALL = 48;
  private static final int ASK_EXPLANATION = 49;
  private static final int EXPLANATION = 50;
  private static final int FORGET_BLOCKS = 51;
  private static final int ASK_POOL = 52;
  private static final int POOL_VIEW = 53;
  private static final int SHARING_GROUP = 60;

  /** Of a task without fields. */
  private static final Writer<Object> NOTHING = (out, task) -> {};

  /** Where the classes lie that Java's serialization may make. */
  private static final String[] EXCEPTIONS_IN = {
    "java.lang.", "java.util.concurrent.", "java.util.Collections$", "com.hazelcast."
  };

  private Serializers() {}

  static void register(SerializationConfig config) {
    config.setJavaSerializationFilterConfig(
        new JavaSerializationFilterConfig()
            .setDefaultsDisabled(true)
            .setWhitelist(
                new ClassFilter()
                    .addPrefixes(EXCEPTIONS_IN)
                    .addClasses(GridException.class.getName(), "[Ljava.lang.StackTraceElement;")));
    add(
        config,
        BlockHash.class,
        new Fields<>(BLOCK_HASH, Serializers::readHash, Serializers::writeHash));
    add(
        config,
        IndexEntry.class,
        new Fields<>(INDEX_ENTRY, Serializers::readIndexEntry, Serializers::writeIndexEntry));
    add(
        config,
        StoreIfAbsent.class,
        new Fields<>(
            STORE_IF_ABSENT,
            in -> new StoreIfAbsent(Objects.requireNonNull(in.readByteArray()), in.readString()),
            (out, store) -> {
              out.writeByteArray(store.payload());
              out.writeString(store.tenant());
            }));
    add(
        config,
        SettingsLedger.class,
        new Fields<>(SETTINGS_LEDGER, SettingsFormat::readLedger, SettingsFormat::writeLedger));
    add(
        config,
        CommitSettings.class,
        new Fields<>(
            COMMIT_SETTINGS,
            in -> new CommitSettings(SettingsFormat.readLedger(in)),
            (out, commit) -> SettingsFormat.writeLedger(out, commit.next())));
    add(
        config,
        Usages.class,
        new Fields<>(USAGES, Serializers::readUsages, Serializers::writeUsages));
    add(
        config,
        FlightEntry.class,
        new Fields<>(FLIGHT_ENTRY, Serializers::readFlight, Serializers::writeFlight));
    add(
        config,
        ClaimFlight.class,
        new Fields<>(
            CLAIM_FLIGHT,
            in -> new ClaimFlight(readFlight(in), in.readInt()),
            (out, claim) -> {
              writeFlight(out, claim.entry());
              out.writeInt(claim.leaseMillis());
            }));
    add(
        config,
        Tenant.class,
        new Fields<>(TENANT, RecordFields::readTenant, RecordFields::writeTenant));
    add(config, ApiKey.class, new Fields<>(API_KEY, RecordFields::readKey, RecordFields::writeKey));
    add(
        config,
        SharingGroup.class,
        new Fields<>(SHARING_GROUP, GroupFields::read, GroupFields::write));
    add(
        config,
        AuditRecord.class,
        new Fields<>(AUDIT_RECORD, RecordFields::readAudit, RecordFields::writeAudit));
    add(
        config,
        MemberNumbers.class,
        new Fields<>(MEMBER_NUMBERS, Serializers::readNumbers, Serializers::writeNumbers));
    add(config, AskNumbers.class, new Fields<>(ASK_NUMBERS, in -> new AskNumbers(), NOTHING));
    add(config, AskUsages.class, new Fields<>(ASK_USAGES, in -> new AskUsages(), NOTHING));
    add(config, ForgetAll.class, new Fields<>(FORGET_ALL, in -> new ForgetAll(), NOTHING));
    add(
        config,
        ForgetTenant.class,
        new Fields<>(
            FORGET_TENANT,
            in -> new ForgetTenant(Objects.requireNonNull(in.readString())),
            (out, task) -> out.writeString(task.tenant())));
    add(
        config,
        DroppedHere.class,
        new Fields<>(
            DROPPED_HERE,
            in -> new DroppedHere(in.readInt(), in.readInt(), in.readLong()),
            (out, dropped) -> {
              out.writeInt(dropped.near());
              out.writeInt(dropped.pool());
              out.writeLong(dropped.disk());
            }));
    add(
        config,
        ForgetBlocks.class,
        new Fields<>(
            FORGET_BLOCKS,
            in -> new ForgetBlocks(Objects.requireNonNull(in.readString()), readHashes(in)),
            (out, task) -> {
              out.writeString(task.tenant());
              writeHashes(out, task.hashes());
            }));
    add(
        config,
        AskExplanation.class,
        new Fields<>(
            ASK_EXPLANATION,
            in -> new AskExplanation(Objects.requireNonNull(in.readString())),
            (out, task) -> out.writeString(task.requestId())));
    add(
        config,
        AskExplanation.Answer.class,
        new Fields<>(EXPLANATION, ExplanationFields::read, ExplanationFields::write));
    addDisk(config);
    add(
        config,
        AskPool.class,
        new Fields<>(
            ASK_POOL,
            in -> new AskPool(readHashes(in)),
            (out, task) -> writeHashes(out, task.hashes())));
    add(config, AskPool.Answer.class, new Fields<>(POOL_VIEW, PoolFields::read, PoolFields::write));
  }

  private static void addDisk(SerializationConfig config) {
    add(
        config,
        DiskNews.class,
        new Fields<>(DISK_NEWS, DiskFields::readNews, DiskFields::writeNews));
    add(config, AskDisk.class, new Fields<>(ASK_DISK, DiskFields::readAsk, DiskFields::writeAsk));
    add(
        config,
        ReadDisk.class,
        new Fields<>(READ_DISK, DiskFields::readRead, DiskFields::writeRead));
    add(
        config,
        DropFromDisk.class,
        new Fields<>(DROP_FROM_DISK, DiskFields::readDrop, DiskFields::writeDrop));
    add(
        config,
        DiskAnswer.class,
        new Fields<>(DISK_ANSWER, DiskFields::readAnswer, DiskFields::writeAnswer));
    add(
        config,
        ReadPayload.class,
        new Fields<>(READ_PAYLOAD, in -> new ReadPayload(), (out, read) -> {}));
  }

  private static <T> void add(SerializationConfig config, Class<T> type, Fields<T> fields) {
    config.addSerializerConfig(new SerializerConfig().setTypeClass(type).setImplementation(fields));
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

  private static IndexEntry readIndexEntry(ObjectDataInput in) throws IOException {
    @Nullable BlockHash parent = in.readBoolean() ? readHash(in) : null;
    return new IndexEntry(
        parent,
        in.readInt(),
        in.readInt(),
        Objects.requireNonNull(in.readString()),
        in.readLong(),
        in.readBoolean());
  }

  private static void writeIndexEntry(ObjectDataOutput out, IndexEntry entry) throws IOException {
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

  private static MemberNumbers readNumbers(ObjectDataInput in) throws IOException {
    return new MemberNumbers(in.readLong(), in.readLong(), in.readLong(), in.readBoolean());
  }

  private static void writeNumbers(ObjectDataOutput out, MemberNumbers numbers) throws IOException {
    out.writeLong(numbers.ownedBlocks());
    out.writeLong(numbers.ownedBytes());
    out.writeLong(numbers.backupBytes());
    out.writeBoolean(numbers.safe());
  }

  private static FlightEntry readFlight(ObjectDataInput in) throws IOException {
    return new FlightEntry(
        new UUID(in.readLong(), in.readLong()), readHashes(in), in.readBoolean());
  }

  private static void writeFlight(ObjectDataOutput out, FlightEntry entry) throws IOException {
    out.writeLong(entry.member().getMostSignificantBits());
    out.writeLong(entry.member().getLeastSignificantBits());
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

  private static Usages readUsages(ObjectDataInput in) throws IOException {
    return new Usages(
        readHashes(in),
        Objects.requireNonNull(in.readLongArray()),
        Objects.requireNonNull(in.readLongArray()));
  }

  private static void writeUsages(ObjectDataOutput out, Usages usages) throws IOException {
    writeHashes(out, usages.hashes());
    out.writeLongArray(usages.uses());
    out.writeLongArray(usages.idleNanos());
  }

  /** Reads a type's fields, in the order in which they are written. */
  @FunctionalInterface
  private interface Reader<T> {
    T read(ObjectDataInput in) throws IOException;
  }

  /** Writes a type's fields. */
  @FunctionalInterface
  private interface Writer<T> {
    void write(ObjectDataOutput out, T value) throws IOException;
  }

  /** The fields of one type, under its number. */
  private record Fields<T>(int getTypeId, Reader<T> reader, Writer<? super T> writer)
      implements StreamSerializer<T> {
    @Override
    public T read(ObjectDataInput in) throws IOException {
      return reader.read(in);
    }

    @Override
    public void write(ObjectDataOutput out, T value) throws IOException {
      writer.write(out, value);
    }
  }
}

package dev.kvasir.cache.grid;

import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.SerializationConfig;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import dev.kvasir.cache.CacheUnavailableException;
import dev.kvasir.cache.audit.AuditRecord;
import dev.kvasir.cache.tenants.ApiKey;
import dev.kvasir.cache.tenants.SharedText;
import dev.kvasir.cache.tenants.SharingGroup;
import dev.kvasir.cache.tenants.Tenant;
import dev.kvasir.inference.BlockHash;
import java.io.IOException;
import java.util.Objects;

/**
 * How our types travel between nodes: fixed fields under fixed numbers, no reflection. Java's own
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
  private static final int LETTER = 52;
  private static final int TOLD = 53;
  private static final int ASK_CLIENTS = 54;
  private static final int CONNECTED_CLIENTS = 55;
  private static final int ASK_POOL = 56;
  private static final int POOL_VIEW = 57;
  private static final int SHARING_GROUP = 60;
  private static final int SHARED_TEXT = 61;

  /** Of a task without fields. */
  private static final Writer<Object> NOTHING = (out, task) -> {};

  /** Where the classes lie that Java's serialization may make. */
  private static final String[] EXCEPTIONS_IN = {
    "java.lang.", "java.util.concurrent.", "java.util.Collections$", "com.hazelcast."
  };

  private final SerializationConfig config;

  private Serializers(SerializationConfig config) {
    this.config = config;
  }

  static void register(SerializationConfig config) {
    config.setJavaSerializationFilterConfig(
        new JavaSerializationFilterConfig()
            .setDefaultsDisabled(true)
            .setWhitelist(
                new ClassFilter()
                    .addPrefixes(EXCEPTIONS_IN)
                    .addClasses(
                        GridException.class.getName(),
                        CacheUnavailableException.class.getName(), // what that one extends
                        "[Ljava.lang.StackTraceElement;")));
    Serializers types = new Serializers(config);
    types.addBlocks();
    types.addFlights();
    types.addSettings();
    types.addRecords();
    types.addQuestions();
    types.addTenantTasks();
    types.addDisk();
    types.addNodes();
  }

  private void addBlocks() {
    add(BlockHash.class, BLOCK_HASH, BlockFields::readHash, BlockFields::writeHash);
    add(IndexEntry.class, INDEX_ENTRY, BlockFields::readIndexEntry, BlockFields::writeIndexEntry);
    add(
        StoreIfAbsent.class,
        STORE_IF_ABSENT,
        in -> new StoreIfAbsent(Objects.requireNonNull(in.readByteArray()), in.readString()),
        (out, store) -> {
          out.writeByteArray(store.payload());
          out.writeString(store.tenant());
        });
    add(ReadPayload.class, READ_PAYLOAD, in -> new ReadPayload(), NOTHING);
    add(Usages.class, USAGES, BlockFields::readUsages, BlockFields::writeUsages);
  }

  private void addFlights() {
    add(FlightEntry.class, FLIGHT_ENTRY, BlockFields::readFlight, BlockFields::writeFlight);
    add(
        ClaimFlight.class,
        CLAIM_FLIGHT,
        in -> new ClaimFlight(BlockFields.readFlight(in), in.readInt()),
        (out, claim) -> {
          BlockFields.writeFlight(out, claim.entry());
          out.writeInt(claim.leaseMillis());
        });
  }

  private void addSettings() {
    add(
        SettingsLedger.class,
        SETTINGS_LEDGER,
        SettingsFormat::readLedger,
        SettingsFormat::writeLedger);
    add(
        CommitSettings.class,
        COMMIT_SETTINGS,
        in -> new CommitSettings(SettingsFormat.readLedger(in)),
        (out, commit) -> SettingsFormat.writeLedger(out, commit.next()));
  }

  private void addRecords() {
    add(Tenant.class, TENANT, RecordFields::readTenant, RecordFields::writeTenant);
    add(ApiKey.class, API_KEY, RecordFields::readKey, RecordFields::writeKey);
    add(SharingGroup.class, SHARING_GROUP, GroupFields::read, GroupFields::write);
    add(SharedText.class, SHARED_TEXT, RecordFields::readText, RecordFields::writeText);
    add(AuditRecord.class, AUDIT_RECORD, RecordFields::readAudit, RecordFields::writeAudit);
  }

  private void addQuestions() {
    add(AskNumbers.class, ASK_NUMBERS, in -> new AskNumbers(), NOTHING);
    add(MemberNumbers.class, MEMBER_NUMBERS, NodeFields::readNumbers, NodeFields::writeNumbers);
    add(AskUsages.class, ASK_USAGES, in -> new AskUsages(), NOTHING);
    add(
        AskExplanation.class,
        ASK_EXPLANATION,
        in -> new AskExplanation(Objects.requireNonNull(in.readString())),
        (out, task) -> out.writeString(task.requestId()));
    add(
        AskExplanation.Answer.class,
        EXPLANATION,
        ExplanationFields::read,
        ExplanationFields::write);
    add(
        AskPool.class,
        ASK_POOL,
        in -> new AskPool(BlockFields.readHashes(in)),
        (out, task) -> BlockFields.writeHashes(out, task.hashes()));
    add(AskPool.Answer.class, POOL_VIEW, PoolFields::read, PoolFields::write);
  }

  private void addTenantTasks() {
    add(ForgetAll.class, FORGET_ALL, in -> new ForgetAll(), NOTHING);
    add(
        ForgetTenant.class,
        FORGET_TENANT,
        in -> new ForgetTenant(Objects.requireNonNull(in.readString())),
        (out, task) -> out.writeString(task.tenant()));
    add(DroppedHere.class, DROPPED_HERE, NodeFields::readDropped, NodeFields::writeDropped);
    add(
        ForgetBlocks.class,
        FORGET_BLOCKS,
        in -> new ForgetBlocks(Objects.requireNonNull(in.readString()), BlockFields.readHashes(in)),
        (out, task) -> {
          out.writeString(task.tenant());
          BlockFields.writeHashes(out, task.hashes());
        });
  }

  private void addDisk() {
    add(DiskNews.class, DISK_NEWS, DiskFields::readNews, DiskFields::writeNews);
    add(AskDisk.class, ASK_DISK, DiskFields::readAsk, DiskFields::writeAsk);
    add(ReadDisk.class, READ_DISK, DiskFields::readRead, DiskFields::writeRead);
    add(DropFromDisk.class, DROP_FROM_DISK, DiskFields::readDrop, DiskFields::writeDrop);
    add(DiskAnswer.class, DISK_ANSWER, DiskFields::readAnswer, DiskFields::writeAnswer);
  }

  private void addNodes() {
    add(Inbox.Letter.class, LETTER, NodeFields::readLetter, NodeFields::writeLetter);
    add(Told.class, TOLD, NodeFields::readTold, NodeFields::writeTold);
    add(AskClients.class, ASK_CLIENTS, in -> new AskClients(), NOTHING);
    add(
        ClientNode.Connected.class,
        CONNECTED_CLIENTS,
        NodeFields::readClients,
        NodeFields::writeClients);
  }

  private <T> void add(Class<T> type, int number, Reader<T> reader, Writer<? super T> writer) {
    config.addSerializerConfig(
        new SerializerConfig()
            .setTypeClass(type)
            .setImplementation(new Fields<>(number, reader, writer)));
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

package dev.kvasir.cache.grid;

import com.hazelcast.core.HazelcastInstance;
import dev.kvasir.cache.Ticker;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;

/** What a node's grid is made of, put together before any of it works. */
final class GridParts {
  final GridMaps maps;
  final ClientConnection connection;
  final NodeMemory memory;
  final SharedMeta meta;
  final BlockFetch fetch;
  final SharedDisk disk;
  final Housekeeping housekeeping;
  final GridStore store;
  final NodeCalls calls;
  final NodeDesk desk;
  final FlightTable flights;
  final GridAdmin admin;
  final MemberPools pools;
  final BranchRemoval branches;
  final MetaKeeper keeper;
  final GridRecords records;
  final GridAuditFeed auditFeed;

  GridParts(GridConfig config, HazelcastInstance hazelcast, Means means) {
    boolean client = config.network().isClient();
    maps = GridMaps.of(hazelcast);
    connection = new ClientConnection(hazelcast);
    memory = NodeMemory.of(config, maps);
    meta = join(config);
    calls = NodeCalls.of(hazelcast, client, means.scheduler());
    fetch = new BlockFetch(maps.blocks(), maps.partitions(), memory.near(), means.scheduler());
    disk = means.disk();
    disk.connect(hazelcast, calls, new PayloadReader(maps.blocks(), memory.near()));
    housekeeping = client ? new ClientHousekeeping(maps, memory, meta::settings) : keepHouse();
    store = new GridStore(maps, memory, access());
    desk =
        new NodeDesk(
            maps,
            memory,
            new NodeDesk.Services(
                disk,
                new TenantQuotas(memory.replica(), meta::settings, Ticker.system()),
                calls.clients()));
    flights = new FlightTable(hazelcast, memory.replica(), calls.clients());
    admin = new GridAdmin(config.node(), maps, new GridAdmin.Parts(memory, meta, calls));
    pools = new MemberPools(config.node(), hazelcast, calls);
    branches = new BranchRemoval(maps, memory.replica(), disk::demote, calls);
    keeper = new MetaKeeper(hazelcast.getMap(HazelcastSettings.META), meta, memory.replica());
    records =
        new GridRecords(
            hazelcast.getMap(HazelcastSettings.TENANTS),
            new TenantBlocks(maps, memory.replica(), meta, calls),
            desk);
    auditFeed =
        new GridAuditFeed(
            hazelcast.getTopic(HazelcastSettings.AUDIT), NodeId.of(hazelcast, client));
  }

  /**
   * What a grid works with, which is not its own.
   *
   * @param scheduler for all periodic work and answers
   * @param disk of the node, and of the others once they are known
   */
  record Means(ScheduledExecutorService scheduler, SharedDisk disk) {}

  private Housekeeping keepHouse() {
    return new MemberHousekeeping(
        maps,
        memory,
        meta,
        new Evictor.Rules(fetch::isOwn, () -> meta.settings().room(), disk::demote));
  }

  private GridStore.Access access() {
    return new GridStore.Access(
        fetch, new WriteGate(memory.replica(), meta::settings, housekeeping::isFull), connection);
  }

  private SharedMeta join(GridConfig config) {
    return new SharedMeta(
        maps.hazelcast().getMap(HazelcastSettings.META),
        memory.replica(),
        config.origin(Instant.ofEpochMilli(maps.clusterMillis())),
        config.settings());
  }
}

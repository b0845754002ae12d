package dev.kvasir.cache.grid;

import com.hazelcast.map.IMap;
import dev.kvasir.cache.tenants.SharedText;
import dev.kvasir.cache.tenants.SharedTexts;
import dev.kvasir.cache.tenants.StaleTextException;
import dev.kvasir.inference.BlockHash;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Keeps the settings and pins of the grid in texts that outlive all members, and brings them back.
 */
final class MetaKeeper {
  /*
   * The grid has what is in force; the texts, which each server has on its disk, are copies of it.
   * Settings tell by themselves which are later: those of a text are put in force where they are a
   * later state of the same life of the cluster, or where no administrator has changed any since
   * its life began, as then all members were gone. Pins do not, so a mark in the grid says of which
   * version of the text they are at least: it is gone with the members, and older than a text that
   * only another node's disk had.
   */
  private static final System.Logger LOG = System.getLogger(MetaKeeper.class.getName());
  private static final String SETTINGS = "settings";
  private static final String PINS = "pins";
  private static final String PINS_OF = "kept-pins";

  private final IMap<String, Object> shared;
  private final SharedMeta meta;
  private final IndexReplica replica;
  private long unreadable; // version of a text that was told of, guarded by this

  MetaKeeper(IMap<String, Object> shared, SharedMeta meta, IndexReplica replica) {
    this.shared = shared;
    this.meta = meta;
    this.replica = replica;
  }

  /**
   * Brings back what was kept if it is gone, and keeps what is in force.
   *
   * @throws GridException if the grid cannot be reached
   */
  synchronized void keep(SharedTexts texts) {
    boolean unused =
        GridException.reaching(
            () -> {
              keepSettings(texts);
              keepPins(texts);
              return true;
            });
  }

  private void keepSettings(SharedTexts texts) {
    SharedText kept = texts.find(SETTINGS);
    read(kept).ifPresent(this::restore);
    SettingsLedger now = meta.ledger();
    if (now.isChanged() && !SettingsText.write(now).equals(kept.text())) {
      SharedText unused =
          texts.change(SETTINGS, tag -> true, now.last().change().who(), text -> later(text, now));
    }
  }

  private void restore(SettingsLedger kept) {
    if (meta.restore(kept)) {
      LOG.log(
          Level.INFO,
          "the settings are again those that {0} set (version {1}); what this node''s configuration"
              + " says of them does not count",
          kept.last().change().who(),
          kept.last().number());
    }
  }

  private String later(String text, SettingsLedger now) {
    boolean otherIsLater = parsed(text).map(other -> other.isAfter(now)).orElse(false);
    return otherIsLater ? text : SettingsText.write(now);
  }

  private Optional<SettingsLedger> read(SharedText kept) {
    if (kept.text().isEmpty()) {
      return Optional.empty();
    }
    Optional<SettingsLedger> read = parsed(kept.text());
    if (read.isEmpty() && unreadable != kept.version()) {
      unreadable = kept.version();
      LOG.log(
          Level.WARNING,
          "KVASIR3013: the settings that were kept cannot be read by this version; those in force"
              + " stay, set them anew");
    }
    return read;
  }

  private Optional<SettingsLedger> parsed(String text) {
    try {
      return Optional.of(SettingsText.read(text, meta.settings()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void keepPins(SharedTexts texts) {
    SharedText kept = texts.find(PINS);
    if (!(shared.get(PINS_OF) instanceof Long known && known >= kept.version())) {
      meta.pin(hashes(kept.text()));
      shared.set(PINS_OF, kept.version());
    }
    String now =
        replica.pins().stream().map(BlockHash::toString).sorted().collect(Collectors.joining(" "));
    if (!now.equals(kept.text()) && now.length() <= SharedText.MAX_LENGTH) {
      try {
        SharedText written = texts.change(PINS, kept.tag()::equals, "", text -> now);
        shared.set(PINS_OF, written.version());
      } catch (StaleTextException e) {
        LOG.log(Level.DEBUG, "another node was faster to keep the pins", e);
      }
    }
  }

  private static List<BlockHash> hashes(String text) {
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(" ", -1)).map(BlockHash::parse).toList();
  }
}

package dev.kvasir.cache.grid;

import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.SettingsVersion;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The settings in force and those before them: one value of the shared map, so that a change and
 * its record come into being together.
 *
 * @param id of the cluster's life, since versions begin anew with each
 * @param entries oldest first, the last one in force; never empty
 */
record SettingsLedger(long id, List<Entry> entries) {
  /** Most versions that are kept: the one in force and 200 before it. */
  static final int MAX_ENTRIES = 201;

  private static final Comparator<Entry> ORDER =
      Comparator.comparingLong(Entry::number)
          .thenComparing(entry -> entry.change().at())
          .thenComparing(entry -> entry.change().who())
          .thenComparing(entry -> entry.settings().fields().toString());

  SettingsLedger {
    entries = List.copyOf(entries);
  }

  /**
   * A version.
   *
   * @param number from 1
   */
  record Entry(long number, SettingsVersion.Change change, CacheSettings settings) {}

  /** That of a cluster that begins. */
  static SettingsLedger begin(SettingsVersion.Change change, CacheSettings settings) {
    return new SettingsLedger(
        new SecureRandom().nextLong(), List.of(new Entry(1, change, settings)));
  }

  /** This one and a change. */
  SettingsLedger with(SettingsVersion.Change change, CacheSettings settings) {
    List<Entry> longer = new ArrayList<>(entries);
    longer.add(new Entry(last().number() + 1, change, settings));
    return new SettingsLedger(
        id, longer.subList(Math.max(0, longer.size() - MAX_ENTRIES), longer.size()));
  }

  Entry last() {
    return entries.get(entries.size() - 1);
  }

  CacheSettings settings() {
    return last().settings();
  }

  /** Whether anybody has changed settings since this life of the cluster began. */
  boolean isChanged() {
    return last().number() > 1;
  }

  /** What is in force. */
  SettingsVersion now() {
    return version(last());
  }

  /** All that is kept, the newest first. */
  List<SettingsVersion> history() {
    List<SettingsVersion> history = new ArrayList<>();
    for (int i = entries.size() - 1; i >= 0; i--) {
      history.add(version(entries.get(i)));
    }
    return history;
  }

  /** The settings of a version; empty if it is not kept. */
  Optional<CacheSettings> settingsOf(long number) {
    return entries.stream()
        .filter(entry -> entry.number() == number)
        .findFirst()
        .map(Entry::settings);
  }

  /** Whether this is a later state than another one of the same life, or of another life. */
  boolean supersedes(SettingsLedger other) {
    return id != other.id || isAfter(other);
  }

  /**
   * Whether this is a later state of the same life. Halves of a split cluster may number alike:
   * then the change that was made last is in force, and of two at once the same one on all members.
   */
  boolean isAfter(SettingsLedger other) {
    return id == other.id && ORDER.compare(last(), other.last()) > 0;
  }

  private SettingsVersion version(Entry entry) {
    String tag = "%d-%08x".formatted(entry.number(), id >>> 32);
    return new SettingsVersion(tag, entry.number(), entry.change(), entry.settings());
  }
}

package dev.kvasir.cache.grid;

import dev.kvasir.cache.AdmissionKind;
import dev.kvasir.cache.CacheSettings;
import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.Lifetime;
import dev.kvasir.cache.LoadRule;
import dev.kvasir.cache.SettingsVersion;
import dev.kvasir.cache.ShadowPolicy;
import dev.kvasir.cache.TenantLimits;
import dev.kvasir.cache.TunedPolicy;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Settings with those before them as text that other versions of Kvasir read too: the ledger's id,
 * then a line for each version, oldest first, its fields by name as in a form.
 */
final class SettingsText {
  /** The versions before the last go where all would be longer. */
  private static final int MAX_CHARS = 500_000;

  private static final String NUMBER = "version.number";
  private static final String AT = "version.at";
  private static final String REVERT_OF = "version.revert_of";
  private static final String WHO = "version.who";
  private static final String PARAMETERS = "parameters.";
  private static final String TENANTS = "tenants.";
  private static final String QUOTA = ".quota_bytes";

  private SettingsText() {}

  static String write(SettingsLedger ledger) {
    Deque<String> lines = new ArrayDeque<>();
    int chars = 0;
    List<SettingsLedger.Entry> entries = ledger.entries();
    for (int i = entries.size() - 1; i >= 0 && chars <= MAX_CHARS; i--) {
      String line = line(entries.get(i));
      chars += line.length() + 1;
      if (lines.isEmpty() || chars <= MAX_CHARS) {
        lines.addFirst(line);
      }
    }
    return Long.toHexString(ledger.id()) + "\n" + String.join("\n", lines);
  }

  /**
   * Reads it.
   *
   * @param otherwise gives what a text of an older version does not have
   * @throws IllegalArgumentException if it cannot be read
   */
  static SettingsLedger read(String text, CacheSettings otherwise) {
    String[] lines = text.split("\n", -1);
    List<SettingsLedger.Entry> entries = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      entries.add(entry(fields(lines[i]), otherwise));
    }
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("the text has no version of the settings");
    }
    return new SettingsLedger(Long.parseUnsignedLong(lines[0], 16), entries);
  }

  private static String line(SettingsLedger.Entry entry) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(NUMBER, "" + entry.number());
    fields.put(AT, "" + entry.change().at().toEpochMilli());
    fields.put(REVERT_OF, "" + entry.change().revertOf());
    fields.put(WHO, entry.change().who());
    fields.putAll(entry.settings().fields());
    return fields.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static Map<String, String> fields(String line) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : line.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("a field of the settings has no value");
      }
      fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
    }
    return fields;
  }

  private static SettingsLedger.Entry entry(Map<String, String> fields, CacheSettings otherwise) {
    return new SettingsLedger.Entry(
        number(fields, NUMBER),
        new SettingsVersion.Change(
            fields.getOrDefault(WHO, ""),
            Instant.ofEpochMilli(number(fields, AT)),
            number(fields, REVERT_OF)),
        settings(fields, otherwise));
  }

  private static CacheSettings settings(Map<String, String> given, CacheSettings otherwise) {
    Map<String, String> fields = new LinkedHashMap<>(otherwise.fields());
    fields.keySet().removeIf(name -> name.startsWith(PARAMETERS) || name.startsWith(TENANTS));
    fields.putAll(given);
    return new CacheSettings(
        new TunedPolicy(constant(fields, "eviction", EvictionKind.class), parameters(fields)),
        new CacheSettings.Room(
            number(fields, "budget_bytes"),
            whole(fields, "evict_start_percent"),
            whole(fields, "evict_stop_percent")),
        constant(fields, "admission", AdmissionKind.class),
        new CacheSettings.Loading(
            constant(fields, "load", LoadRule.class), whole(fields, "deadline_ms")),
        new Lifetime(whole(fields, "ttl_seconds"), whole(fields, "idle_seconds")),
        ShadowPolicy.parseAll(fields.getOrDefault("shadows", "")),
        tenants(fields));
  }

  private static Map<String, Integer> parameters(Map<String, String> fields) {
    Map<String, Integer> parameters = new TreeMap<>();
    for (String name : fields.keySet()) {
      if (name.startsWith(PARAMETERS)) {
        parameters.put(name.substring(PARAMETERS.length()), whole(fields, name));
      }
    }
    return parameters;
  }

  private static Map<String, TenantLimits> tenants(Map<String, String> fields) {
    Map<String, TenantLimits> tenants = new TreeMap<>();
    for (String name : fields.keySet()) {
      if (name.startsWith(TENANTS) && name.endsWith(QUOTA)) {
        String prefix = name.substring(0, name.length() - QUOTA.length());
        String ttl = prefix + ".ttl_seconds";
        Lifetime own =
            fields.containsKey(ttl)
                ? new Lifetime(whole(fields, ttl), whole(fields, prefix + ".idle_seconds"))
                : null;
        tenants.put(
            prefix.substring(TENANTS.length()), new TenantLimits(number(fields, name), own));
      }
    }
    return tenants;
  }

  private static <E extends Enum<E>> E constant(
      Map<String, String> fields, String name, Class<E> type) {
    return Enum.valueOf(type, fields.getOrDefault(name, "").toUpperCase(Locale.ROOT));
  }

  private static int whole(Map<String, String> fields, String name) {
    return Integer.parseInt(fields.getOrDefault(name, ""));
  }

  private static long number(Map<String, String> fields, String name) {
    return Long.parseLong(fields.getOrDefault(name, ""));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}

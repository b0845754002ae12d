package dev.kvasir.bench.policy;

import dev.kvasir.cache.EvictionKind;
import dev.kvasir.cache.policy.Admission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Something that a trace is run through, by name: a policy, or a bound. */
final class Contestant {
  private static final String DEFAULT = "default";
  private static final String CLAIRVOYANT = "clairvoyant";
  private static final String UNBOUNDED = "unbounded";

  /** Makes a fresh cache. */
  @FunctionalInterface
  private interface Maker {
    Replay cache(Trace trace, int capacity);
  }

  private final String name;
  private final Maker maker;

  private Contestant(String name, Maker maker) {
    this.name = name;
    this.maker = maker;
  }

  /**
   * By names between commas; all of them where there are none.
   *
   * @throws IllegalArgumentException if one is unknown; names all that there are
   */
  static List<Contestant> of(Optional<String> names) {
    if (names.isEmpty()) {
      return Stream.concat(
              Arrays.stream(EvictionKind.values()).map(Contestant::nameOf),
              Stream.of("lru+second-touch", "lru+frequency", DEFAULT, CLAIRVOYANT, UNBOUNDED))
          .map(Contestant::of)
          .toList();
    }
    List<Contestant> contestants = new ArrayList<>();
    for (String name : names.get().split(",", -1)) {
      contestants.add(of(name.strip()));
    }
    return contestants;
  }

  private static Contestant of(String name) {
    if (name.equals(CLAIRVOYANT)) {
      return new Contestant(name, Clairvoyant::new);
    }
    if (name.equals(UNBOUNDED)) {
      return policy(name, EvictionKind.LRU, "always", true);
    }
    int plus = name.indexOf('+');
    String eviction = plus < 0 ? name : name.substring(0, plus);
    String admission = plus < 0 ? "always" : name.substring(plus + 1);
    EvictionKind kind =
        eviction.equals(DEFAULT)
            ? EvictionKind.DEFAULT
            : Arrays.stream(EvictionKind.values())
                .filter(one -> nameOf(one).equals(eviction))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    return policy(name, kind, admission, false);
  }

  private static Contestant policy(
      String name, EvictionKind kind, String admission, boolean unbounded) {
    if (!List.of("always", "second-touch", "frequency").contains(admission)) {
      throw unknown(name);
    }
    return new Contestant(
        name,
        (trace, capacity) ->
            new PolicyReplay(
                trace,
                unbounded ? Integer.MAX_VALUE : capacity,
                kind,
                switch (admission) {
                  case "second-touch" -> Admission.secondTouch(capacity);
                  case "frequency" -> Admission.frequency(capacity);
                  default -> Admission.ALWAYS;
                }));
  }

  private static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "there is no policy '%s'; known are %s, %s, %s, %s, each policy also with +second-touch or +frequency"
            .formatted(
                name,
                String.join(
                    ", ", Arrays.stream(EvictionKind.values()).map(Contestant::nameOf).toList()),
                DEFAULT,
                CLAIRVOYANT,
                UNBOUNDED));
  }

  private static String nameOf(EvictionKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String name() {
    return name;
  }

  /** Runs a trace through a fresh cache of so many blocks. */
  Replay.Outcome run(Trace trace, int capacity) {
    return Replay.run(trace, maker.cache(trace, capacity));
  }
}

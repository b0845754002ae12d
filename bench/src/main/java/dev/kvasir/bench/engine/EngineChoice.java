package dev.kvasir.bench.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What {@link EngineBench} measures.
 *
 * @param systems names of systems, ours among them, in the order of the table's columns
 * @param repeats measured rounds
 */
public record EngineChoice(List<String> systems, List<Case> cases, int repeats) {
  public EngineChoice {
    systems = List.copyOf(systems);
    cases = List.copyOf(cases);
  }

  /**
   * Reads comma-separated lists; all of what is missing.
   *
   * @throws IllegalArgumentException if they name what is not there
   */
  public static EngineChoice of(Optional<String> systems, Optional<String> cases, int repeats) {
    List<String> known =
        new ArrayList<>(List.of(Kvasir.NAME, Kvasir.NAME_WITH_DRAFTS, Kvasir.NAME_WITH_INT8));
    Arrays.stream(PeerKind.values()).map(PeerKind::label).forEach(known::add);
    List<String> chosen = systems.map(list -> List.of(list.split(",", -1))).orElse(known);
    if (!known.containsAll(chosen) || !chosen.contains(Kvasir.NAME)) {
      throw new IllegalArgumentException(
          "--systems is '%s', but must be of %s, with the first of them"
              .formatted(String.join(",", chosen), String.join(",", known)));
    }
    return new EngineChoice(chosen, cases.map(Case::of).orElseGet(Case::all), repeats);
  }
}

package dev.kvasir.cache;

import dev.kvasir.completion.Prompt;
import java.util.List;
import java.util.Optional;

/** Computes prompts before anybody asks for them, so that their blocks are cached. */
public interface CacheWarmer {
  /** Most prompts of one warm-up. */
  int MAX_PROMPTS = 1_000;

  /** Most warm-ups that are not over. */
  int MAX_OPEN = 8;

  /**
   * Begins a warm-up behind those before it; its prompts are computed one after the other, at low
   * priority.
   *
   * @param tenant whose requests will find the blocks
   * @param prompts 1 to {@value #MAX_PROMPTS}
   * @return empty if {@value #MAX_OPEN} are not over yet
   */
  Optional<WarmUp> start(String tenant, List<Prompt> prompts);

  /** The last ones, oldest first. */
  List<WarmUp> all();

  /** How far one is; empty if it is unknown, or long over. */
  Optional<WarmUp> find(String id);

  /** Ends one after the prompt that is under way. */
  Optional<WarmUp> cancel(String id);
}

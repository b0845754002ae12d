package dev.kvasir.cache;

/**
 * Whether a node takes new completions.
 *
 * @param node its name
 * @param draining whether it takes none
 * @param running completions that have their turn and are not done
 * @param waiting those that came before and wait for theirs
 */
public record DrainState(String node, boolean draining, int running, int waiting) {}

package dev.kvasir.cache.route;

/** What a node does when another one's pool has more of a prompt. */
public enum RouteMode {
  /** Nothing: it does not ask. */
  NONE,
  /** It answers, and says which one that is. */
  HINT,
  /** It answers through that one. */
  FORWARD
}

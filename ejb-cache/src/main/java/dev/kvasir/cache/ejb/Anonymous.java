package dev.kvasir.cache.ejb;

/** Whether callers on the node's own host need no key; the web module acts on it. */
enum Anonymous {
  /** If the node listens on loopback only. */
  AUTO,
  /** They need none. */
  ON,
  /** They need one, too. */
  OFF
}

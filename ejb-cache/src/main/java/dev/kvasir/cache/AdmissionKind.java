package dev.kvasir.cache;

/** Which new blocks may come into a full grid. */
public enum AdmissionKind {
  /** All of them; they compete with the others from the start. */
  ALWAYS,
  /** Those that this node was asked for twice lately. */
  SECOND_TOUCH,
  /** Those that this node was asked for at least as often as for the one that leaves next. */
  FREQUENCY
}

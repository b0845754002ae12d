package dev.kvasir.cache;

/** Whether blocks that are cached elsewhere are loaded or computed. */
public enum LoadRule {
  /** Decided by expected cost. */
  AUTO,
  /** Always loaded when they come before the deadline. */
  ALWAYS,
  /** Never loaded; the engine's pool is still used. */
  NEVER
}

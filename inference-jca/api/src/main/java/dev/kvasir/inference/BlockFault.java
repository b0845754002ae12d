package dev.kvasir.inference;

/**
 * Why a block was refused. Each is a miss for the tokens of the block, never an error of the
 * request.
 */
public enum BlockFault {
  /** Not our magic number or format version. */
  FORMAT,
  /** Made by another model, layout, kernel form or machine kind. */
  FINGERPRINT,
  /** Length, token count or place in the prefix differ from what was asked for. */
  SHAPE,
  /** Holds the K/V of other tokens: a hash collision, or a wrong entry. */
  TOKENS,
  /** The bytes changed since they were written. */
  CHECKSUM
}

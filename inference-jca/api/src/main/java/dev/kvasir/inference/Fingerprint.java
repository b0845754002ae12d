package dev.kvasir.inference;

/**
 * Digest over all that can change a bit of K/V: weights, tokenizer, layer map, number format,
 * layout, block size, kernel form, device, instruction set, thread count and the version of our
 * numerics. Blocks of different fingerprints never mix.
 */
public record Fingerprint(BlockHash digest) {
  /** 64 hexadecimal digits. */
  @Override
  public String toString() {
    return digest.toString();
  }
}

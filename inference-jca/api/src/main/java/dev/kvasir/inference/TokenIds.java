package dev.kvasir.inference;

import java.util.Arrays;

/** Immutable sequence of token ids. */
public final class TokenIds {
  private final int[] ids;

  private TokenIds(int[] ids) {
    this.ids = ids;
  }

  /** Copies the array. */
  public static TokenIds of(int... ids) {
    return new TokenIds(ids.clone());
  }

  /** Number of tokens. */
  public int size() {
    return ids.length;
  }

  /** The id at {@code index}, from 0. */
  public int get(int index) {
    return ids[index];
  }

  /** Copies {@code [from, to)}. */
  public TokenIds slice(int from, int to) {
    if (from < 0 || to < from || to > ids.length) {
      throw new IndexOutOfBoundsException(
          "[%d, %d) is not within the %d tokens".formatted(from, to, ids.length));
    }
    return new TokenIds(Arrays.copyOfRange(ids, from, to));
  }

  /** A new array of all ids. */
  public int[] toArray() {
    return ids.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenIds that && Arrays.equals(ids, that.ids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  /** The count only: token ids are a user's text and stay out of logs. */
  @Override
  public String toString() {
    return "TokenIds[" + ids.length + "]";
  }
}

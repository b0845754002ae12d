package dev.kvasir.cache.policy;

import dev.kvasir.inference.BlockHash;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;

/**
 * What was seen of blocks in the cache and of some that left it: how often each was used, whether
 * another one continued it, when it was used last. Feeds {@link ReuseRates}.
 *
 * <p>The clock counts uses of blocks, so that idle nights age nothing.
 */
final class ReuseHistory {
  /** Uses are classed 0, 1, 2, 3, up to 4, 8, 16, ..., each with and without continuation. */
  static final int CLASSES = 24;

  private static final int ENOUGH_GHOSTS = 100_000;
  private static final int SAMPLES = 2;

  private final Bounds bounds;
  private final ReuseRates rates;
  private final SplittableRandom random = new SplittableRandom(1);
  private final Map<BlockHash, Track> ghosts = new LinkedHashMap<>(); // who left first, first
  private Track[] tracks = new Track[64];
  private long[] stamps = new long[64]; // of each track: last use * CLASSES + class
  private int size;
  private long clock;

  ReuseHistory(Bounds bounds, ReuseRates rates) {
    this.bounds = bounds;
    this.rates = rates;
  }

  /**
   * How much is remembered.
   *
   * @param capacity blocks in the cache, which may change
   * @param ghostsPerBlock blocks that left, for each of these
   */
  record Bounds(IntSupplier capacity, int ghostsPerBlock) {}

  /** One block's record. */
  static final class Track {
    private int place;
    private long uses;
    private boolean continued;

    private int reuseClass() {
      int grade =
          uses < 3 ? (int) uses : 2 + (63 - Long.numberOfLeadingZeros(uses - 1)); // 3: 3-4, 4: 5-8
      return Math.min(grade, CLASSES / 2 - 1) * 2 + (continued ? 1 : 0);
    }
  }

  /** A block came (back): its record. */
  Track come(BlockHash name, long uses) {
    Track track = ghosts.remove(name);
    if (track == null) {
      track = new Track();
      track.uses = uses;
      append(track);
      stampNow(track);
    } else {
      use(track, 1);
    }
    return track;
  }

  /** A block was used so often, just now. */
  void use(Track track, long uses) {
    long stamp = stamps[track.place];
    rates.reused((int) (stamp % CLASSES), clock - stamp / CLASSES);
    track.uses += uses;
    stampNow(track);
  }

  /** Another block continues this one. */
  void continued(Track track) {
    if (!track.continued) {
      track.continued = true;
      stamps[track.place] = stamps[track.place] / CLASSES * CLASSES + track.reuseClass();
    }
  }

  /** A block left the cache; its record is kept for a while. */
  void leave(BlockHash name, Track track) {
    ghosts.put(name, track);
    int blocks = bounds.capacity().getAsInt();
    long most = Math.max(blocks, Math.min((long) blocks * bounds.ghostsPerBlock(), ENOUGH_GHOSTS));
    Iterator<Track> oldest = ghosts.values().iterator();
    while (ghosts.size() > most) {
      forget(oldest.next());
      oldest.remove();
    }
  }

  /** Last use and class of a block, in one number: {@code lastUse * CLASSES + class}. */
  long stamp(Track track) {
    return stamps[track.place];
  }

  /** Uses of blocks so far. */
  long clock() {
    return clock;
  }

  private void stampNow(Track track) {
    stamps[track.place] = clock++ * CLASSES + track.reuseClass();
    for (int i = 0; i < SAMPLES; i++) {
      long stamp = stamps[random.nextInt(size)];
      rates.waited((int) (stamp % CLASSES), clock - stamp / CLASSES, size / (double) SAMPLES);
    }
    rates.tick();
  }

  private void append(Track track) {
    if (size == tracks.length) {
      tracks = Arrays.copyOf(tracks, 2 * size);
      stamps = Arrays.copyOf(stamps, 2 * size);
    }
    track.place = size;
    tracks[size++] = track;
  }

  private void forget(Track track) {
    size--;
    tracks[track.place] = tracks[size];
    stamps[track.place] = stamps[size];
    tracks[track.place].place = track.place;
  }
}

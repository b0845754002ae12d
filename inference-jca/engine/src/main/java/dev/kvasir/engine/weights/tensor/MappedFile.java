package dev.kvasir.engine.weights.tensor;

import dev.kvasir.engine.weights.ModelLoadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * A file mapped into memory for reading, in segments, as one Java buffer ends at 2 GiB. Many
 * threads may read, one may close; offsets are the caller's to check.
 */
public final class MappedFile implements AutoCloseable {
  private static final int SEGMENT_BYTES = 1 << 30;

  private final Path path;
  private final int segmentBytes;
  private final long sizeBytes;
  private final List<MappedByteBuffer> segments;

  private MappedFile(Path path, int segmentBytes, long sizeBytes, List<MappedByteBuffer> segments) {
    this.path = path;
    this.segmentBytes = segmentBytes;
    this.sizeBytes = sizeBytes;
    this.segments = segments;
  }

  public static MappedFile open(Path path) {
    return open(path, SEGMENT_BYTES);
  }

  public static MappedFile open(Path path, int segmentBytes) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      List<MappedByteBuffer> segments = new ArrayList<>();
      for (long start = 0; start < size; start += segmentBytes) {
        long length = Math.min(segmentBytes, size - start);
        segments.add(channel.map(MapMode.READ_ONLY, start, length));
      }
      return new MappedFile(path, segmentBytes, size, segments);
    } catch (IOException e) {
      throw new ModelLoadException(path + " cannot be read: " + e, e);
    }
  }

  public Path path() {
    return path;
  }

  public long sizeBytes() {
    return sizeBytes;
  }

  /** Copies {@code length} bytes from {@code offset} of the file to the start of {@code target}. */
  public void get(long offset, byte[] target, int length) {
    get(offset, ByteBuffer.wrap(target, 0, length));
  }

  /** Fills {@code target} up to its limit with the bytes from {@code offset} of the file. */
  public void get(long offset, ByteBuffer target) {
    long from = offset;
    while (target.hasRemaining()) {
      MappedByteBuffer segment = segments.get((int) (from / segmentBytes));
      int start = (int) (from % segmentBytes);
      int count = Math.min(target.remaining(), segment.capacity() - start);
      target.put(target.position(), segment, start, count);
      target.position(target.position() + count);
      from += count;
    }
  }

  /** Feeds the whole file. */
  void digest(MessageDigest digest) {
    for (MappedByteBuffer segment : segments) {
      digest.update(segment.duplicate());
    }
  }

  @Override
  public void close() {
    segments.forEach(Unmapper::unmap);
    segments.clear();
  }
}

package dev.kvasir.engine.weights.tensor;

import dev.kvasir.engine.weights.ModelLoadException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where tensors lie in a file: within it, and not over each other. */
public final class TensorExtents {
  private final MappedFile file;
  private final List<Extent> extents = new ArrayList<>();

  public TensorExtents(MappedFile file) {
    this.file = file;
  }

  /** Notes a tensor's bytes, {@code [begin, begin + bytes)} from the file's start. */
  public void add(String tensor, long begin, long bytes) {
    if (begin > file.sizeBytes() - bytes) {
      throw new ModelLoadException(
          "%s: tensor %s has %d bytes at byte %d, but the file ends at %d: it is cut off"
              .formatted(file.path(), tensor, bytes, begin, file.sizeBytes()));
    }
    extents.add(new Extent(tensor, begin, begin + bytes));
  }

  public void checkNoOverlap() {
    extents.sort(Comparator.comparingLong(Extent::begin).thenComparingLong(Extent::end));
    for (int i = 1; i < extents.size(); i++) {
      Extent before = extents.get(i - 1);
      Extent extent = extents.get(i);
      if (extent.begin < before.end) {
        throw new ModelLoadException(
            "%s: tensor %s lies over tensor %s"
                .formatted(file.path(), extent.tensor, before.tensor));
      }
    }
  }

  private record Extent(String tensor, long begin, long end) {}
}

package dev.kvasir.cache.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files in a folder of the disk. */
final class FolderStore implements FileStore {
  /*
   *   FOLDER/lock            held while a process uses the folder
   *   FOLDER/new/NAME        being written
   *   FOLDER/NA/NAME         whole
   *
   * A file is written under new/, forced to the disk, and then renamed, which is atomic; forcing
   * its folder makes the name last as well. So what has its final name is whole, whatever happens.
   */
  private static final String NEW = "new";
  private static final int SHARD_LETTERS = 2;

  private final Path folder;
  private @Nullable FileChannel lockFile; // guarded by this

  FolderStore(Path folder) {
    this.folder = folder;
  }

  @Override
  public synchronized void open() throws IOException {
    Path fresh = folder.resolve(NEW);
    Files.createDirectories(fresh);
    lock();
    for (Path left : children(fresh)) {
      Files.delete(left);
    }
    Path probe = fresh.resolve("probe");
    Files.write(probe, new byte[1]);
    Files.delete(probe);
  }

  private void lock() throws IOException {
    FileChannel file =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean held = false;
    try {
      FileLock lock = file.tryLock();
      held = lock != null;
    } catch (OverlappingFileLockException e) {
      throw new IOException(inUse(), e);
    } finally {
      if (!held) {
        file.close();
      }
    }
    if (!held) {
      throw new IOException(inUse());
    }
    lockFile = file;
  }

  private String inUse() {
    return folder + " is used by another node; give each node a folder of its own (kvasir.data)";
  }

  @Override
  public List<StoredFile> list() throws IOException {
    long now = System.currentTimeMillis();
    List<StoredFile> files = new ArrayList<>();
    for (Path shard : children(folder)) {
      if (!Files.isDirectory(shard) || shard.endsWith(NEW)) {
        continue;
      }
      for (Path file : children(shard)) {
        Optional<BasicFileAttributes> seen =
            attributes(file).filter(BasicFileAttributes::isRegularFile);
        String name = file.getFileName().toString();
        if (seen.isPresent() && file.equals(path(name))) {
          long age = Math.max(0, now - seen.get().lastModifiedTime().toMillis());
          files.add(new StoredFile(name, seen.get().size(), age));
        } else if (seen.isPresent()) {
          Files.deleteIfExists(file); // where nobody would look for it
        }
      }
    }
    return files;
  }

  /** Empty if the file is gone since. */
  private static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
    try {
      return Optional.of(Files.readAttributes(file, BasicFileAttributes.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static List<Path> children(Path parent) throws IOException {
    try (Stream<Path> children = Files.list(parent)) {
      return children.toList();
    }
  }

  @Override
  public byte[] head(String name, int headBytes) throws IOException {
    try (FileChannel file = FileChannel.open(path(name), StandardOpenOption.READ)) {
      return filled(file, Math.min(file.size(), headBytes));
    }
  }

  @Override
  public Parts read(String name, int headBytes) throws IOException {
    try (FileChannel file = FileChannel.open(path(name), StandardOpenOption.READ)) {
      long size = file.size();
      byte[] head = filled(file, Math.min(size, headBytes));
      return new Parts(head, filled(file, size - head.length));
    }
  }

  /** The next bytes; fewer if the file became shorter meanwhile. */
  private static byte[] filled(FileChannel file, long bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(bytes));
    while (buffer.hasRemaining() && file.read(buffer) >= 0) {}
    return buffer.hasRemaining()
        ? Arrays.copyOf(buffer.array(), buffer.position())
        : buffer.array();
  }

  @Override
  public void write(String name, Parts parts) throws IOException {
    Path fresh = folder.resolve(NEW).resolve(name);
    Path whole = path(name);
    try {
      try (FileChannel file =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer[] buffers = {ByteBuffer.wrap(parts.head()), ByteBuffer.wrap(parts.body())};
        while (buffers[1].hasRemaining()) {
          file.write(buffers);
        }
        file.force(false);
      }
      Path shard = folder.resolve(shard(name));
      if (!Files.isDirectory(shard)) {
        Files.createDirectories(shard);
        force(folder);
      }
      Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE);
      force(shard);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(fresh);
      throw e;
    }
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(path(name));
  }

  private Path path(String name) {
    return folder.resolve(shard(name)).resolve(name);
  }

  private static String shard(String name) {
    return name.substring(0, Math.min(SHARD_LETTERS, name.length()));
  }

  @Override
  public synchronized void close() {
    FileChannel file = lockFile;
    lockFile = null;
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

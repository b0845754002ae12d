package dev.kvasir.cache.disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A real folder whose calls can fail. */
final class TestingFileStore implements FileStore {
  private final FileStore files;
  private volatile @Nullable String writeFault;
  private volatile @Nullable String readFault;
  private final List<String> read = new ArrayList<>();

  TestingFileStore(FileStore files) {
    this.files = files;
  }

  /** Makes writes fail with this message; null: work again. */
  void failWrites(@Nullable String fault) {
    writeFault = fault;
  }

  /** Makes reads fail with this message; null: work again. */
  void failReads(@Nullable String fault) {
    readFault = fault;
  }

  /** Names of the files that were read whole. */
  synchronized List<String> read() {
    return List.copyOf(read);
  }

  private static void failIf(@Nullable String fault) throws IOException {
    if (fault != null) {
      throw new IOException(fault);
    }
  }

  @Override
  public void open() throws IOException {
    files.open();
  }

  @Override
  public List<StoredFile> list() throws IOException {
    return files.list();
  }

  @Override
  public byte[] head(String name, int headBytes) throws IOException {
    failIf(readFault);
    return files.head(name, headBytes);
  }

  @Override
  public Parts read(String name, int headBytes) throws IOException {
    synchronized (this) {
      read.add(name);
    }
    failIf(readFault);
    return files.read(name, headBytes);
  }

  @Override
  public void write(String name, Parts parts) throws IOException {
    failIf(writeFault);
    files.write(name, parts);
  }

  @Override
  public void delete(String name) throws IOException {
    failIf(writeFault);
    files.delete(name);
  }

  @Override
  public void close() {
    files.close();
  }
}

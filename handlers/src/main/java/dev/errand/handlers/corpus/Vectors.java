package dev.errand.handlers.corpus;

import dev.errand.engine.hash.Sha256;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// The vectors of texts, cached on disk so that a text is embedded once. The least recently used
/// are dropped first.
///
/// Thread-safe. Processes may share the file: the one that saves last wins, and the others embed
/// some texts again.
public final class Vectors {
  /// About 16 MB of heap, and a file of 13 MB that is rewritten after each task that embedded
  /// something: a larger one would cost those tasks more than it saves others.
  private static final int REMEMBERED = 30_000;

  private static final int MAGIC = 0x45525632;

  private final Path file;
  private final Embedder embedder;
  private boolean loaded;
  private boolean changed;

  private final Map<String, Vector> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Vector> eldest) {
          return size() > REMEMBERED;
        }
      };

  /// @param folder where the file is kept; need not exist yet
  public Vectors(Path folder, Embedder embedder) {
    this.file = folder.resolve("vectors-" + embedder.model() + ".bin");
    this.embedder = embedder;
  }

  public String model() {
    return embedder.model();
  }

  public void warmUp() {
    embedder.warmUp();
  }

  /// One vector for each text, in order.
  ///
  /// @throws IOException when the embedder cannot be loaded
  public List<Vector> of(List<String> texts) throws IOException, InterruptedException {
    var keys = texts.stream().map(text -> Sha256.hex(text).substring(0, 32)).toList();
    var found = new LinkedHashMap<String, Vector>();
    var missing = new ArrayList<String>();
    var missingKeys = new LinkedHashSet<String>();
    synchronized (this) {
      load();
      for (int i = 0; i < keys.size(); i++) {
        var vector = remembered.get(keys.get(i));
        if (vector != null) {
          found.put(keys.get(i), vector);
        } else if (missingKeys.add(keys.get(i))) {
          missing.add(texts.get(i));
        }
      }
    }
    if (!missing.isEmpty()) {
      remember(List.copyOf(missingKeys), embedder.embed(missing), found);
    }
    return keys.stream().map(found::get).toList();
  }

  private synchronized void remember(
      List<String> keys, List<float[]> embedded, Map<String, Vector> found) {
    for (int i = 0; i < keys.size(); i++) {
      var vector = Vector.of(embedded.get(i));
      found.put(keys.get(i), vector);
      remembered.put(keys.get(i), vector);
    }
    changed = true;
  }

  /// Writes the vectors to disk if any is new.
  public synchronized void save() throws IOException {
    if (!changed) {
      return;
    }
    if (file.getParent() instanceof Path parent) {
      Files.createDirectories(parent);
    }
    var fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "vectors", ".tmp");
    try {
      write(fresh);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      changed = false;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private void write(Path to) throws IOException {
    try (var out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(to), 1 << 16))) {
      out.writeInt(MAGIC);
      out.writeInt(remembered.size());
      for (var entry : remembered.entrySet()) {
        out.writeUTF(entry.getKey());
        entry.getValue().write(out);
      }
    }
  }

  /// A missing or damaged file counts as empty.
  private void load() {
    if (loaded) {
      return;
    }
    loaded = true;
    try (var in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      if (in.readInt() != MAGIC) {
        return;
      }
      for (int left = in.readInt(); left > 0; left--) {
        remembered.put(in.readUTF(), Vector.read(in));
      }
    } catch (NoSuchFileException _) {
      // The first task here.
    } catch (IOException _) {
      remembered.clear();
    }
  }
}

package dev.errand.embeddings;

import ai.onnxruntime.OrtEnvironment;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/// Files from the class path, unpacked once and kept. ONNX Runtime would unpack its 16 MB at every
/// start and leave them behind whenever the process is killed.
final class Unpacked {
  private static final String NATIVE_PATH = "onnxruntime.native.path";

  private final Path folder;

  Unpacked(Path folder) {
    this.folder = folder;
  }

  /// Tells ONNX Runtime where its native libraries are, unless the user did.
  void nativeLibraries() throws IOException {
    var platform = platform();
    if (System.getProperty(NATIVE_PATH) != null || platform.isEmpty()) {
      return;
    }
    var home = folder.resolve("onnxruntime-" + version() + "-" + platform);
    for (String name : List.of("onnxruntime", "onnxruntime4j_jni")) {
      var library = System.mapLibraryName(name);
      new Unpacked(home).file("/ai/onnxruntime/native/" + platform + "/" + library, library);
    }
    System.setProperty(NATIVE_PATH, home.toAbsolutePath().toString());
  }

  /// The file's path below the folder, after unpacking it if it is not there yet.
  Path file(String resource, String name) throws IOException {
    var file = folder.resolve(name);
    var source = Unpacked.class.getResource(resource);
    if (source == null) {
      throw new FileNotFoundException(resource + " is not on the class path");
    }
    var connection = source.openConnection();
    try (InputStream in = connection.getInputStream()) {
      if (Files.exists(file) && Files.size(file) == connection.getContentLengthLong()) {
        return file;
      }
      Files.createDirectories(folder);
      var fresh = Files.createTempFile(folder, name, ".tmp");
      try {
        Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    }
    return file;
  }

  /// The platform as ONNX Runtime names it; empty where we leave the unpacking to it.
  private static String platform() {
    var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    var processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    if (system.startsWith("linux")) {
      return processor.equals("amd64") ? "linux-x64" : "linux-" + processor;
    }
    return "";
  }

  private static String version() {
    var version = OrtEnvironment.class.getPackage().getImplementationVersion();
    return version == null ? "bundled" : version;
  }
}

package dev.errand.handlers.corpus;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// The files below a folder that can be read, by path, and how many others there were.
///
/// Symbolic links are not followed: they may lead out of the folder, or in a circle.
///
/// @param skipped number of files passed over, by reason
record DocumentFiles(List<DocumentFile> files, SortedMap<String, Integer> skipped) {
  static final long LARGEST = 20L << 20;
  private static final String NOT_ACCESSIBLE = "not accessible";
  private static final Set<String> NOT_DOCUMENTS = Set.of("node_modules", "target");
  private static final Set<String> SUFFIXES =
      Set.of("html", "htm", "xhtml", "md", "markdown", "txt", "text", "rst", "adoc", "pdf");

  /// @param modified last modification, in nanoseconds since 1970
  record DocumentFile(Path path, long size, long modified) {}

  static DocumentFiles below(Path folder) throws IOException {
    var files = new ArrayList<DocumentFile>();
    var skipped = new TreeMap<String, Integer>();
    Files.walkFileTree(folder, new Walk(folder, files, skipped));
    files.sort(Comparator.comparing(DocumentFile::path));
    return new DocumentFiles(List.copyOf(files), skipped);
  }

  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final List<DocumentFile> files;
    private final SortedMap<String, Integer> skipped;

    Walk(Path folder, List<DocumentFile> files, SortedMap<String, Integer> skipped) {
      this.folder = folder;
      this.files = files;
      this.skipped = skipped;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      var name = name(directory);
      if (!directory.equals(folder) && (name.startsWith(".") || NOT_DOCUMENTS.contains(name))) {
        skip("in hidden, node_modules or target folders (counted by folder)");
        return FileVisitResult.SKIP_SUBTREE;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isSymbolicLink()) {
        skip("symbolic links");
      } else if (name(file).startsWith(".")) {
        skip("hidden");
      } else if (!SUFFIXES.contains(suffix(file)) || !attributes.isRegularFile()) {
        skip("of a kind that is not read");
      } else if (!Files.isReadable(file)) {
        skip(NOT_ACCESSIBLE); // not kept in the index, so that it is read once it may be
      } else if (attributes.size() > LARGEST) {
        skip("larger than 20 MB");
      } else {
        files.add(
            new DocumentFile(
                file, attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS)));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (file.equals(folder)) {
        throw failure;
      }
      skip(NOT_ACCESSIBLE);
      return FileVisitResult.CONTINUE;
    }

    private void skip(String reason) {
      skipped.merge(reason, 1, Integer::sum);
    }
  }

  /// The media type that the file's name suggests; the reader decides by the content.
  static String mediaType(Path file) {
    return switch (suffix(file)) {
      case "html", "htm", "xhtml" -> "text/html";
      case "md", "markdown" -> "text/markdown";
      case "pdf" -> "application/pdf";
      default -> "text/plain";
    };
  }

  private static String name(Path file) {
    var name = file.getFileName();
    return name == null ? "" : name.toString();
  }

  /// What follows the last dot, in lower case. A name without a dot is a text, such as `README`.
  private static String suffix(Path file) {
    var name = name(file);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "txt" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}

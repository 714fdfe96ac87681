package dev.errand.handlers.research;

import java.util.List;
import java.util.Map;

/// The folders and pages to read.
record Found(List<Folder> folders, List<String> urls) {

  /// @param path as it really is, without symbolic links
  /// @param files that can be read
  /// @param skipped number of files passed over, by reason
  record Folder(String path, int files, Map<String, Integer> skipped) {}

  int files() {
    return folders.stream().mapToInt(Folder::files).sum();
  }
}

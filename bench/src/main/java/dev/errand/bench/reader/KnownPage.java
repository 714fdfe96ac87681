package dev.errand.bench.reader;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A page with the text that a reader should find on it.
///
/// @param name of its file, without the suffix
/// @param type as the set calls it, such as `article`
/// @param site the domain of its address, empty when it is not known
record KnownPage(String name, String type, String site, Html html, String text) {
  private static final String SUFFIX = ".html.gz";
  private static final Pattern HOST =
      Pattern.compile(
          "https?://(?:[^/]*?\\.)?([^/.]+\\.(?:(?:co|com|org|ac|gov)\\.)?[a-z]+)(?=[/:?#]|$)");

  /// The bytes of a page. Readers leave the array as it is.
  static final class Html {
    private final byte[] bytes;

    Html(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  /// Every `html/NAME.html.gz` in `folder` with its `truth/NAME.json`, ordered by name.
  ///
  /// @throws IOException when the folder holds no such pages
  static List<KnownPage> in(Path folder) throws IOException {
    List<KnownPage> pages = new ArrayList<>();
    for (Path file : files(folder.resolve("html"))) {
      pages.add(read(folder, file));
    }
    return pages;
  }

  /// Every other page of each type, so that what is learned on one half can be checked on the
  /// other.
  ///
  /// @param half 0 or 1
  static List<KnownPage> half(List<KnownPage> pages, int half) {
    Map<String, Integer> seen = new HashMap<>();
    return pages.stream()
        .filter(page -> (seen.merge(page.type(), 1, Integer::sum) - 1) % 2 == half)
        .toList();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  private static KnownPage read(Path folder, Path file) throws IOException {
    String name = file.getFileName().toString().replace(SUFFIX, "");
    JsonNode truth =
        JsonMapper.shared()
            .readTree(Files.readString(folder.resolve("truth").resolve(name + ".json")));
    return new KnownPage(
        name,
        truth.at("/_internal/page_type/primary").asString("other"),
        site(truth.path("url").asString("")),
        new Html(unzipped(file)),
        truth.at("/ground_truth/main_content").asString(""));
  }

  /// The domain: `docs.example.org` and `www.example.org` are one site. Empty when it is not known.
  static String site(String url) {
    Matcher host = HOST.matcher(url);
    return host.lookingAt() ? host.group(1) : "";
  }

  private static byte[] unzipped(Path file) throws IOException {
    try (InputStream bytes = new GZIPInputStream(Files.newInputStream(file))) {
      return bytes.readAllBytes();
    }
  }
}

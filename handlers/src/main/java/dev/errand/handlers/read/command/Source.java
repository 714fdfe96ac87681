package dev.errand.handlers.read.command;

import dev.errand.handlers.fetch.FetchClient;
import dev.errand.handlers.fetch.FetchResult;
import dev.errand.handlers.fetch.WebAddress;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// A source to read, as it was typed: a file, an address, or `-` for standard input.
record Source(String typed) {
  private static final int MAX_BYTES = 50 * 1024 * 1024;
  private static final Pattern OTHER_ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://");

  boolean isAddress() {
    return typed.regionMatches(true, 0, "http://", 0, 7)
        || typed.regionMatches(true, 0, "https://", 0, 8);
  }

  /// What a source holds.
  ///
  /// @param address where it is from
  record Content(Bytes bytes, @Nullable String contentType, @Nullable URI address) {}

  /// The bytes of a source. Nobody changes the array.
  static final class Bytes {
    private final byte[] array;

    Bytes(byte[] array) {
      this.array = array;
    }

    byte[] array() {
      return array;
    }
  }

  /// @throws Unreadable saying why, for the person who typed it
  Content open(FetchClient client, InputStream in) throws Unreadable, InterruptedException {
    if (isAddress()) {
      return fetched(client);
    }
    if (OTHER_ADDRESS.matcher(typed).lookingAt()) {
      throw new Unreadable("an address starts with http:// or https://");
    }
    try {
      return typed.equals("-") ? content(in, null) : file(Path.of(typed));
    } catch (InvalidPathException _) {
      throw new Unreadable("this is not the name of a file");
    } catch (NoSuchFileException _) {
      throw new Unreadable("there is no such file");
    } catch (AccessDeniedException _) {
      throw new Unreadable("it cannot be read by you");
    } catch (IOException | UncheckedIOException e) {
      throw new Unreadable("it cannot be read: " + e.getMessage());
    }
  }

  private static Content file(Path file) throws IOException, Unreadable {
    if (Files.isDirectory(file)) {
      throw new Unreadable("this is a folder");
    }
    try (InputStream in = Files.newInputStream(file)) {
      String name = file.toAbsolutePath().toUri().toString();
      return content(in, URI.create(name.replaceFirst("\\.gz$", "")));
    }
  }

  private static Content content(InputStream in, @Nullable URI address)
      throws IOException, Unreadable {
    byte[] bytes = unzipped(new BufferedInputStream(in)).readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new Unreadable("it is larger than %d MB".formatted(MAX_BYTES / 1024 / 1024));
    }
    return new Content(new Bytes(bytes), null, address);
  }

  /// Recognises gzip by its first two bytes, with which no text starts.
  private static InputStream unzipped(BufferedInputStream in) throws IOException {
    in.mark(2);
    boolean zipped = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return zipped ? new GZIPInputStream(in, 16_384) : in;
  }

  private Content fetched(FetchClient client) throws Unreadable, InterruptedException {
    WebAddress address;
    try {
      address = WebAddress.of(typed);
    } catch (IllegalArgumentException e) {
      throw new Unreadable("the address " + e.getMessage());
    }
    return switch (client.fetch(address)) {
      case FetchResult.Page page ->
          new Content(
              new Bytes(page.body().bytes()),
              page.contentType().orElse(null),
              page.address().uri());
      case FetchResult.NoPage none -> throw new Unreadable(none.why());
    };
  }

  /// A source cannot be read.
  static final class Unreadable extends Exception {
    Unreadable(String why) {
      super(why);
    }
  }
}

package dev.errand.handlers.research;

import dev.errand.handlers.corpus.Reading;
import dev.errand.handlers.read.Document;
import dev.errand.handlers.read.Reader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reads what research finds, files and pages alike, as the reader reads everything else.
public record DocumentReading(Reader reader) implements Reading {

  @Override
  public Document read(byte[] bytes, @Nullable String contentType, String location)
      throws IOException {
    Document document = reader.read(bytes, contentType, address(location));
    if (document.text().isEmpty()) {
      throw new IOException("Nothing readable in " + location);
    }
    return document;
  }

  private static URI address(String location) {
    return location.startsWith("/") ? Path.of(location).toUri() : URI.create(location);
  }
}

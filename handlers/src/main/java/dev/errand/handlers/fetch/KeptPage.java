package dev.errand.handlers.fetch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// A fetched page as a step keeps it, so that a later attempt does not fetch it again.
///
/// @param finalUrl where it came from
/// @param contentType as the server said it
/// @param zipped the bytes, gzip in base64
record KeptPage(String finalUrl, int status, @Nullable String contentType, String zipped) {

  static KeptPage of(Fetched.Page page) {
    return new KeptPage(
        page.address().toString(),
        page.status(),
        page.contentType().orElse(null),
        Base64.getEncoder().encodeToString(zip(page.body().bytes())));
  }

  byte[] content() {
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(zipped)))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] zip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zipped = new GZIPOutputStream(out)) {
      zipped.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}

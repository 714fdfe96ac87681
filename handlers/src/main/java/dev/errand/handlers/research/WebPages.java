package dev.errand.handlers.research;

import dev.errand.handlers.fetch.FetchClient;
import dev.errand.handlers.fetch.FetchResult;
import dev.errand.handlers.fetch.WebAddress;
import java.io.IOException;
import java.net.URI;

/// Pages fetched under the rules of the [FetchClient].
public record WebPages(FetchClient client) implements Pages {

  @Override
  public Page fetch(URI address) throws IOException, InterruptedException {
    return switch (client.fetch(webAddress(address))) {
      case FetchResult.Page page ->
          new Page(page.address().uri(), page.contentType(), page.body().bytes(), page.at());
      case FetchResult.NoPage none -> throw new IOException(none.why());
    };
  }

  private static WebAddress webAddress(URI address) throws IOException {
    try {
      return WebAddress.of(address.toString());
    } catch (IllegalArgumentException e) {
      throw new IOException(address + " " + e.getMessage(), e);
    }
  }
}

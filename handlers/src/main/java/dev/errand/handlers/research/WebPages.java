package dev.errand.handlers.research;

import dev.errand.handlers.fetch.FetchClient;
import dev.errand.handlers.fetch.Fetched;
import dev.errand.handlers.fetch.WebAddress;
import java.io.IOException;
import java.net.URI;

/// Pages as the guarded fetch client gets them.
public record WebPages(FetchClient client) implements Pages {

  @Override
  public Page fetch(URI address) throws IOException, InterruptedException {
    return switch (client.fetch(webAddress(address))) {
      case Fetched.Page page ->
          new Page(page.address().uri(), page.contentType(), page.body().bytes(), page.at());
      case Fetched.Refused(var status, _) -> throw new IOException("the server answered " + status);
      case Fetched.Blocked(var why) -> throw new IOException(why);
      case Fetched.Unusable(var why) -> throw new IOException(why);
      case Fetched.Unreachable(var why) -> throw new IOException(why);
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

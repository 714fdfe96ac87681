package dev.errand.server.config;

import java.util.List;

/// What fetching may reach beyond the public internet.
///
/// @param privateAllowlist hosts and CIDR blocks that may be fetched although they are private
public record FetchSettings(List<String> privateAllowlist) {
  public static final FetchSettings DEFAULTS = new FetchSettings(List.of());

  public FetchSettings {
    privateAllowlist = List.copyOf(privateAllowlist);
  }
}

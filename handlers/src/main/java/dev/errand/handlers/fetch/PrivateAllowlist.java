package dev.errand.handlers.fetch;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What may be fetched although it is not on the public internet: an intranet's own pages, a test
/// server. Comes from configuration alone, never from a request.
///
/// @param blocks such as `10.1.0.0/16`
/// @param hosts names, in lower case; each stands for itself only, on any port
public record PrivateAllowlist(List<AddressBlock> blocks, Set<String> hosts) {
  public static final String KEY = "FETCH_PRIVATE_ALLOWLIST";

  public static final PrivateAllowlist NONE = new PrivateAllowlist(List.of(), Set.of());

  public PrivateAllowlist {
    blocks = List.copyOf(blocks);
    hosts = Set.copyOf(hosts);
  }

  /// @param entries blocks, addresses and host names
  /// @throws IllegalArgumentException naming the key, when an entry is none of these
  public static PrivateAllowlist of(List<String> entries) {
    List<AddressBlock> blocks = new ArrayList<>();
    List<String> hosts = new ArrayList<>();
    for (String entry : entries) {
      if (entry.contains("/") || AddressBlock.isLiteral(entry)) {
        blocks.add(block(entry));
      } else {
        hosts.add(entry);
      }
    }
    return new PrivateAllowlist(
        blocks,
        hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toSet()));
  }

  boolean allows(String host, InetAddress address) {
    return hosts.contains(host) || blocks.stream().anyMatch(block -> block.contains(address));
  }

  /// Whether this host is allowed by what is written in the address itself, before it is resolved.
  boolean names(String host) {
    return hosts.contains(host)
        || (AddressBlock.isLiteral(host)
            && blocks.stream().anyMatch(block -> block.contains(AddressBlock.literal(host))));
  }

  private static AddressBlock block(String entry) {
    try {
      return AddressBlock.of(entry);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(KEY + ": " + e.getMessage(), e);
    }
  }
}

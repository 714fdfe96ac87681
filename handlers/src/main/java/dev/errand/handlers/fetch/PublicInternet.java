package dev.errand.handlers.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Knows which addresses belong to the public internet.
///
/// The JDK's own predicates miss unique local IPv6, shared carrier space and every way to write an
/// IPv4 address inside an IPv6 one.
///
/// @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA, IPv4</a>
/// @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IANA, IPv6</a>
final class PublicInternet {
  private static final List<AddressBlock> NOT_PUBLIC =
      blocks(
          "0.0.0.0/8", // this network
          "10.0.0.0/8", // private
          "100.64.0.0/10", // shared by carriers
          "127.0.0.0/8", // loopback
          "169.254.0.0/16", // link-local, cloud metadata
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocol assignments
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // 6to4 relays
          "192.168.0.0/16", // private
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4", // reserved, broadcast
          "::/96", // unspecified, loopback, IPv4-compatible
          "64:ff9b:1::/48", // local translation
          "100::/64", // discard
          "2001::/23", // protocol assignments, Teredo
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4
          "3fff::/20", // documentation
          "5f00::/16", // segment routing
          "fc00::/7", // unique local
          "fe80::/10", // link-local
          "fec0::/10", // site-local, old
          "ff00::/8"); // multicast

  /// Translates for networks without IPv4; the last four octets are the address that is meant.
  private static final AddressBlock TRANSLATED = AddressBlock.of("64:ff9b::/96");

  private PublicInternet() {}

  static boolean contains(InetAddress address) {
    InetAddress meant = TRANSLATED.contains(address) ? lastFourOctets(address) : address;
    return NOT_PUBLIC.stream().noneMatch(block -> block.contains(meant));
  }

  private static InetAddress lastFourOctets(InetAddress address) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), 12, 16));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<AddressBlock> blocks(String... notations) {
    return Stream.of(notations).map(AddressBlock::of).toList();
  }
}

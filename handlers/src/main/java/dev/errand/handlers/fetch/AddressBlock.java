package dev.errand.handlers.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/// A block of IP addresses in CIDR notation, such as `10.0.0.0/8` or `fc00::/7`.
///
/// @param prefix how many leading bits an address has in common with the network
public record AddressBlock(InetAddress network, int prefix) {
  /// What can only be a literal: [InetAddress] would look anything else up.
  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /// @param notation an address alone is the block of that address
  /// @throws IllegalArgumentException when it is neither a block nor an address
  static AddressBlock of(String notation) {
    int slash = notation.indexOf('/');
    String address = slash < 0 ? notation : notation.substring(0, slash);
    InetAddress network = literal(address);
    int longest = network.getAddress().length * 8;
    int prefix = slash < 0 ? longest : prefix(notation.substring(slash + 1));
    if (prefix > longest) {
      throw new IllegalArgumentException(notation + " has too long a prefix");
    }
    return new AddressBlock(network, prefix);
  }

  static boolean isLiteral(String host) {
    return LITERAL.matcher(host).matches();
  }

  boolean contains(InetAddress address) {
    byte[] octets = address.getAddress();
    byte[] block = network.getAddress();
    int whole = prefix / 8;
    if (octets.length != block.length || !Arrays.equals(octets, 0, whole, block, 0, whole)) {
      return false;
    }
    int rest = 8 - prefix % 8;
    return rest == 8 || (octets[whole] & 0xff) >> rest == (block[whole] & 0xff) >> rest;
  }

  static InetAddress literal(String address) {
    if (!isLiteral(address)) {
      throw new IllegalArgumentException(address + " is not an IP address");
    }
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException _) {
      throw new IllegalArgumentException(address + " is not an IP address");
    }
  }

  private static int prefix(String digits) {
    if (!digits.matches("\\d{1,3}")) {
      throw new IllegalArgumentException("/" + digits + " is not a prefix length");
    }
    return Integer.parseInt(digits);
  }
}

package dev.errand.handlers.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.apache.hc.client5.http.DnsResolver;

/// Resolves names and refuses those that lead to an address we may not reach.
///
/// The HTTP client asks here for every name and every literal, and connects to exactly the
/// addresses it gets: a name cannot resolve to one address for the check and to another for the
/// connection (DNS rebinding).
final class GuardedDns implements DnsResolver {
  private final DnsResolver resolver;
  private final PrivateAllowlist exceptions;

  GuardedDns(DnsResolver resolver, PrivateAllowlist exceptions) {
    this.resolver = resolver;
    this.exceptions = exceptions;
  }

  /// @throws NotPublic when one of the addresses is neither public nor an exception
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    String name = plain.toLowerCase(Locale.ROOT);
    InetAddress[] addresses = resolver.resolve(name);
    for (InetAddress address : addresses) {
      if (!PublicInternet.contains(address) && !exceptions.allows(name, address)) {
        throw new NotPublic(name);
      }
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  /// The name leads inside.
  static final class NotPublic extends UnknownHostException {
    private final String host;

    NotPublic(String host) {
      super(host + " does not lead to the public internet");
      this.host = host;
    }

    String host() {
      return host;
    }
  }
}

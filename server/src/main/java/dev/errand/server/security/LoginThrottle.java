package dev.errand.server.security;

import dev.errand.engine.access.UserName;
import dev.errand.engine.limits.Rates;
import dev.errand.server.problem.Refusal;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/// How often passwords may be tried in a minute, over all nodes: few times for one account from one
/// address, more often for one account from everywhere, so that a stranger cannot easily lock its
/// owner out, and for one address with all accounts.
public final class LoginThrottle {
  private static final int ACCOUNT_FROM_ADDRESS = 10;
  private static final int ACCOUNT = 60;
  private static final int ADDRESS = 60;

  private final Rates rates;

  public LoginThrottle(Rates rates) {
    this.rates = rates;
  }

  /// Counts a try.
  ///
  /// @param user empty for what can be nobody's name
  /// @throws Refusal.Refused when it is one too many
  public void count(Optional<UserName> user, String address) {
    String network = network(address);
    take("login/address/" + network, ADDRESS);
    user.ifPresent(name -> {
      take("login/both/" + network + "/" + name, ACCOUNT_FROM_ADDRESS);
      take("login/account/" + name, ACCOUNT);
    });
  }

  /// No task's owner has such a name.
  private void take(String key, int limit) {
    Rates.Grant grant = rates.take(key, 1, 1, limit);
    if (grant.submissions() == 0) {
      long seconds = Math.max(1, grant.endsIn().toSeconds() + 1);
      throw Refusal.of(
              HttpStatus.TOO_MANY_REQUESTS,
              "too_many_logins",
              "Too many passwords were tried; try again in %d s.".formatted(seconds))
          .with("Retry-After", String.valueOf(seconds))
          .refused();
    }
  }

  /// An IPv4 address, and of an IPv6 address the half that its owner cannot choose.
  static String network(String address) {
    try {
      return InetAddress.getByName(address) instanceof Inet6Address six
          ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), 8))
          : address;
    } catch (UnknownHostException _) {
      return address;
    }
  }
}

package dev.errand.cli.view;

import dev.errand.client.ApiKey;
import dev.errand.client.User;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Users and API keys in words, for people.
public final class PeopleText {
  private static final String USER = "%-24s  %-8s  %-8s  %s";
  private static final String KEY = "%-36s  %-12s  %-20s  %-22s  %-10s  %-10s  %s";

  private PeopleText() {}

  public static List<String> users(List<User> users) {
    List<String> lines = new ArrayList<>();
    lines.add(USER.formatted("USER", "ROLE", "STATE", "SINCE"));
    for (User user : users) {
      lines.add(
          USER.formatted(
              Terminal.plain(user.name()),
              user.role(),
              user.disabled() ? "disabled" : "active",
              day(user.createdAt())));
    }
    return lines;
  }

  public static List<String> keys(List<ApiKey> keys) {
    List<String> lines = new ArrayList<>();
    lines.add(KEY.formatted("ID", "BEGINS", "NAME", "SCOPES", "USED", "ENDS", "STATE"));
    for (ApiKey key : keys) {
      lines.add(
          KEY.formatted(
              key.id(),
              key.prefix(),
              Terminal.plain(key.name()),
              String.join(",", key.scopes()),
              day(key.lastUsedAt()),
              day(key.expiresAt()),
              key.revoked() ? "revoked" : "active"));
    }
    return lines;
  }

  private static String day(@Nullable String moment) {
    return moment == null || moment.length() < 10 ? "-" : moment.substring(0, 10);
  }
}

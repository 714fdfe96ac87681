package dev.errand.handlers.read;

import java.util.regex.Pattern;

/// Links as Markdown writes them.
public final class MarkdownLink {
  /// What could end the destination, or be read as something else in it.
  private static final Pattern UNSAFE = Pattern.compile("[\\s<>|\\\\\\x00-\\x1f\\x7f]");

  /// Characters that make what follows read backwards.
  private static final Pattern TURNING = Pattern.compile("[\\u202A-\\u202E\\u2066-\\u2069]");

  private static final Pattern ENTITY = Pattern.compile("&(?=#?\\w{1,31};)");

  private MarkdownLink() {}

  /// An address of unknown origin as it stands between the round brackets of a link. Whatever it
  /// holds, it ends neither the link nor the cell of a table.
  public static String destination(String address) {
    String encoded =
        UNSAFE
            .matcher(TURNING.matcher(address).replaceAll(""))
            .replaceAll(found -> "%%%02X".formatted((int) found.group().charAt(0)));
    String safe = ENTITY.matcher(encoded).replaceAll("&amp;");
    boolean plain = !safe.isEmpty() && safe.indexOf('(') < 0 && safe.indexOf(')') < 0;
    return plain ? safe : "<" + safe + ">";
  }
}

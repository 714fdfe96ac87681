package dev.errand.engine.access;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The name of a user of this server, in the one form in which it is kept and compared.
///
/// Names that look alike are one name as far as Unicode says so (NFKC, lower case), and no name
/// mixes scripts whose letters look alike. A user's name is also the owner of what the user
/// submits; it holds no colon, which keeps it apart from the users of an OpenID Connect issuer.
public record UserName(String value) {
  public static final String RULE =
      "1 to 64 letters, digits and any of ._@- of one script, beginning with a letter or a digit";

  private static final int MAX_LENGTH = 64;
  private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}._@-]*");

  /// Owns what the holder of the administrator's token submits.
  private static final Set<String> RESERVED = Set.of("admin");

  /// What is written together although it is of several scripts.
  private static final List<Set<UnicodeScript>> TOGETHER =
      List.of(
          EnumSet.of(
              UnicodeScript.LATIN,
              UnicodeScript.HAN,
              UnicodeScript.HIRAGANA,
              UnicodeScript.KATAKANA),
          EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
          EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL));

  /// The name that `text` means; empty when it can be nobody's.
  public static Optional<UserName> parse(String text) {
    // Normalising can make a text eighteen times as long.
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String name = canonical(text);
    boolean sound =
        name.length() <= MAX_LENGTH
            && FORM.matcher(name).matches()
            && ofOneScript(name)
            && !RESERVED.contains(name);
    return sound ? Optional.of(new UserName(name)) : Optional.empty();
  }

  private static String canonical(String text) {
    String lower = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(lower, Normalizer.Form.NFKC);
  }

  private static boolean ofOneScript(String name) {
    Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
    name.codePoints().mapToObj(UnicodeScript::of).forEach(scripts::add);
    scripts.removeAll(EnumSet.of(UnicodeScript.COMMON, UnicodeScript.INHERITED));
    return scripts.size() <= 1 || TOGETHER.stream().anyMatch(some -> some.containsAll(scripts));
  }

  @Override
  public String toString() {
    return value;
  }
}

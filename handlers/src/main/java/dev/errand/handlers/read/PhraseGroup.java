package dev.errand.handlers.read;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Words that tell what a short text is there for. Sets of groups are bit sets by ordinal.
@SuppressWarnings("EnumOrdinal") // the trees that were learned count by this order
enum PhraseGroup {
  COPYRIGHT("© copyright rights reserved llc inc ltd trademark"),
  CONSENT("cookie cookies privacy consent gdpr terms policy"),
  SUBSCRIBE("subscribe newsletter email inbox unsubscribe signup updates"),
  JOIN("sign join register free trial demo started"),
  LOGIN("log login signin account password logout username"),
  SHARE("share tweet facebook twitter pinterest linkedin instagram whatsapp youtube follow"),
  MORE("more view all see show continue load learn details discover explore"),
  SHOP("shop cart bag buy checkout wishlist quantity add purchase order"),
  STOCK("stock sold available availability unavailable quick compare"),
  RELATED("related similar recommended also like recommend recommendations suggested"),
  POPULAR("popular trending latest recent recently viewed featured top next previous best"),
  COMMENT("comment comments reply replies respond discussion leave"),
  VOTE("like likes report upvote upvoted vote votes helpful points views quote"),
  DATE(
      "january february march april may june july august september october november december jan feb"
          + " mar apr jun jul aug sep sept oct nov dec ago updated published posted"),
  BYLINE("by author written posted editor contributor staff"),
  MENU("home about contact menu skip search close back help careers press sitemap blog"),
  REVIEW("review reviews rating ratings stars verified rated star"),
  SHIPPING("shipping returns return delivery guarantee warranty ships free"),
  READING("min minute minutes read"),
  QUESTION("faq faqs question questions answer answers"),
  FILTER("filter filters sort refine clear apply results relevance items"),
  PRICE("price sale regular usd from save unit off"),
  DESCRIPTION(
      "description details features specifications specs overview size dimensions materials"),
  CONTENTS("contents table jump toc section"),
  TAGS("tags tagged categories category filed topics topic"),
  MEDIA("image photo video caption credit source getty gallery play"),
  ADVERT("advertisement advertising sponsored ad ads affiliate commission"),
  COUNTRY("country language english currency region location store stores");

  private static final Map<String, Long> BY_WORD = new HashMap<>();
  private static final int SIZE = values().length;

  static {
    for (PhraseGroup group : values()) {
      for (String word : group.words.split(" ", -1)) {
        BY_WORD.merge(word, group.bit(), (one, other) -> one | other);
      }
    }
  }

  private final String words;

  PhraseGroup(String words) {
    this.words = words;
  }

  /// Its own among the counts of all groups.
  int of(int[] counts) {
    return counts[ordinal()];
  }

  long bit() {
    return 1L << ordinal();
  }

  /// How many of the words are in each group, by ordinal.
  ///
  /// @param words in lower case
  static int[] counts(List<String> words) {
    int[] counts = new int[SIZE];
    for (String word : words) {
      Long groups = BY_WORD.get(word);
      for (long rest = groups == null ? 0 : groups; rest != 0; rest &= rest - 1) {
        counts[Long.numberOfTrailingZeros(rest)]++;
      }
    }
    return counts;
  }
}

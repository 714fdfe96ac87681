package dev.errand.handlers.read;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/// Finds the sections that sites put around an article under a heading of their own: related
/// articles, comments, the author, a newsletter.
final class Afterword {
  private static final Pattern HEADING =
      Pattern.compile(
          "(about the author|author|advertisement|also (read|on)|categories|comments?|contents"
              + "|continue reading|don.?t miss|editor.?s.? pick|explore more|filed under|follow us"
              + "|further reading|get (the|our) (latest|newsletter)|in this (article|guide|post)"
              + "|join the (conversation|discussion)|jump to|keep reading|latest"
              + "|leave a (comment|reply)|meet the author|more (articles|from|in|like|news|on|posts|stories)"
              + "|most (popular|read|recent|viewed)|newsletter|next (article|post|up)|on this page"
              + "|popular|read (also|more|next)|recent|recommend|related|see also"
              + "|share (article|on|this|your)|sign up|sponsored|stay (connected|informed|up to date|updated)"
              + "|subscribe|suggested|table of contents|tags|topics|trending|up next|what to read"
              + "|written by|you (may|might) (also )?like).*");

  private static final int LONGEST = 60;
  private static final double SMALL_PART = 0.3;

  /// More than any page has; each costs a walk over all that follows.
  private static final int MAX_SECTIONS = 100;

  private final Element root;
  private final Weights words;
  private final Set<Element> cut = new HashSet<>();
  private int sections;

  private Afterword(Element root, Weights words) {
    this.root = root;
    this.words = words;
  }

  /// The outermost elements that do not belong to the article in `root`.
  static Set<Element> in(Element root, Weights words) {
    Afterword afterword = new Afterword(root, words);
    for (Element heading : root.select("h1, h2, h3, h4, h5, h6, p, div, strong, b")) {
      if (afterword.opensOne(heading)) {
        afterword.cut(heading);
      }
    }
    return afterword.cut;
  }

  private boolean opensOne(Element heading) {
    int length = words.below(heading).text();
    return length > 0
        && length < LONGEST
        && HEADING.matcher(heading.text().strip().toLowerCase(Locale.ROOT)).matches();
  }

  private void cut(Element heading) {
    Element box = boxOf(heading);
    if (!box.equals(heading)) {
      cut.add(box);
    } else if (HtmlRole.of(heading) == HtmlRole.HEADING && sections++ < MAX_SECTIONS) {
      cutSection(heading);
    }
  }

  /// The largest small element that starts with this heading.
  private Element boxOf(Element heading) {
    Element box = heading;
    for (Element parent = box.parent();
        parent != null && !parent.equals(root) && isSmall(parent) && startsWith(parent, box);
        parent = box.parent()) {
      box = parent;
    }
    return box;
  }

  private boolean startsWith(Element parent, Element child) {
    Element first = parent.firstElementChild();
    while (first != null && !first.equals(child) && words.below(first).text() == 0) {
      first = first.nextElementSibling();
    }
    return child.equals(first);
  }

  private boolean isSmall(Element element) {
    return words.below(element).text() < words.below(root).text() * SMALL_PART;
  }

  /// Up to the next heading of the same rank, or to the end when little is left anyway.
  private void cutSection(Element heading) {
    boolean toTheEnd = textAfter(heading) < words.below(root).text() * SMALL_PART;
    cut.add(heading);
    for (Element next = heading.nextElementSibling();
        next != null && (toTheEnd || !isHeadingAbove(next, heading));
        next = next.nextElementSibling()) {
      cut.add(next);
    }
  }

  private int textAfter(Element heading) {
    int text = 0;
    for (Element e = heading.nextElementSibling(); e != null; e = e.nextElementSibling()) {
      text += words.below(e).text();
    }
    return text;
  }

  private static boolean isHeadingAbove(Element element, Element heading) {
    return HtmlRole.of(element) == HtmlRole.HEADING
        && element.normalName().compareTo(heading.normalName()) <= 0;
  }
}

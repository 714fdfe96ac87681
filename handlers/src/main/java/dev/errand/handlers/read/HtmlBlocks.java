package dev.errand.handlers.read;

import dev.errand.handlers.read.Document.Kind;
import dev.errand.handlers.read.Mark.Style;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jsoup.nodes.CDataNode;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/// Writes chosen parts of a page into a manuscript. Walks without recursion: depth costs no stack.
final class HtmlBlocks implements NodeFilter {
  private static final Map<String, Style> STYLES =
      Map.of(
          "em", Style.EMPHASIS,
          "i", Style.EMPHASIS,
          "strong", Style.STRONG,
          "b", Style.STRONG,
          "code", Style.CODE,
          "kbd", Style.CODE,
          "samp", Style.CODE,
          "tt", Style.CODE);

  private static final Pattern DIGITS = Pattern.compile("[-+\u2212]?\\d{1,4}");

  private final Manuscript manuscript;
  private final Predicate<TextNode> omitted;
  private final boolean noscript;
  private final Links links;
  private final Deque<Boolean> dataTables = new ArrayDeque<>();
  private final Deque<ListNumbers> lists = new ArrayDeque<>();
  private int items;
  private int quotes;
  private int preformatted;
  private int headingLevel;
  private boolean inRow;
  private boolean afterBreak;

  /// @param omitted text that is not written, nor the links that it is in
  /// @param noscript whether what is shown without scripts is written
  HtmlBlocks(Manuscript manuscript, Links links, Predicate<TextNode> omitted, boolean noscript) {
    this.manuscript = manuscript;
    this.links = links;
    this.omitted = omitted;
    this.noscript = noscript;
  }

  void write(Element root) {
    root.filter(this);
    end();
  }

  @Override
  public FilterResult head(Node node, int depth) {
    return switch (node) {
      case CDataNode _ -> FilterResult.CONTINUE;
      case TextNode text -> write(text);
      case Element element -> enter(element);
      default -> FilterResult.CONTINUE;
    };
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element) {
      leave(element);
    }
    return FilterResult.CONTINUE;
  }

  private FilterResult write(TextNode node) {
    if (omitted.test(node)) {
      manuscript.space();
      links.drop();
      return FilterResult.CONTINUE;
    }
    String text = node.getWholeText();
    if (preformatted > 0) {
      manuscript.addCode(text);
    } else {
      manuscript.add(text);
    }
    links.text(text);
    afterBreak &= node.isBlank();
    return FilterResult.CONTINUE;
  }

  private FilterResult enter(Element element) {
    HtmlRole role = HtmlRole.of(element);
    if (role == HtmlRole.UNREADABLE && !(noscript && element.nameIs("noscript"))) {
      manuscript.space();
      return FilterResult.SKIP_ENTIRELY;
    }
    switch (role) {
      case LINK -> links.open(element).ifPresent(target -> manuscript.open(Style.LINK, target));
      case BREAK -> breakLine();
      case TABLE -> {
        end();
        dataTables.push(!inRow && DataTable.is(element));
        if (isDataTable()) {
          manuscript.open(Style.TABLE, "");
        }
      }
      case ROW -> {
        end();
        inRow |= isDataTable();
      }
      case CELL -> startCell();
      case ITEM -> {
        end();
        items++;
        if (element.nameIs("li")) {
          manuscript.open(itemStyle(), itemNumber(element));
        }
      }
      case QUOTE -> {
        end();
        quotes++;
      }
      case CODE -> {
        end();
        preformatted++;
      }
      case HEADING -> {
        end();
        headingLevel = element.normalName().charAt(1) - '0';
      }
      case BLOCK -> {
        end();
        if (ListNumbers.isList(element)) {
          lists.push(ListNumbers.of(element));
        }
      }
      case INLINE -> {
        if (isPower(element)) {
          manuscript.add("^");
        }
        styleOf(element).ifPresent(style -> manuscript.open(style, ""));
      }
      case UNREADABLE -> {}
    }
    return FilterResult.CONTINUE;
  }

  private void leave(Element element) {
    switch (HtmlRole.of(element)) {
      case ITEM -> {
        end();
        items--;
        if (element.nameIs("li")) {
          manuscript.close(itemStyle());
        }
      }
      case QUOTE -> {
        end();
        quotes--;
      }
      case CODE -> {
        end();
        preformatted--;
      }
      case HEADING -> {
        end();
        headingLevel = 0;
      }
      case TABLE -> {
        end();
        if (isDataTable()) {
          manuscript.close(Style.TABLE);
        }
        dataTables.pop();
      }
      case ROW -> {
        if (isDataTable()) {
          inRow = false;
          manuscript.end(Kind.TABLE_ROW);
        }
        end();
      }
      case CELL -> end();
      case BLOCK -> {
        end();
        if (ListNumbers.isList(element)) {
          lists.pop();
        }
      }
      case LINK -> {
        links.close();
        manuscript.close(Style.LINK);
      }
      case INLINE -> styleOf(element).ifPresent(manuscript::close);
      case BREAK, UNREADABLE -> {}
    }
  }

  /// Raised digits after a digit: 2<sup>48</sup> is not 248.
  private static boolean isPower(Element element) {
    return element.normalName().equals("sup")
        && element.previousSibling() instanceof TextNode base
        && endsWithDigit(base.getWholeText())
        && DIGITS.matcher(element.wholeOwnText()).matches();
  }

  private static boolean endsWithDigit(String text) {
    return !text.isEmpty() && Character.isDigit(text.charAt(text.length() - 1));
  }

  private Style itemStyle() {
    ListNumbers list = lists.peek();
    return list == null ? Style.ITEM : list.style();
  }

  private String itemNumber(Element item) {
    ListNumbers list = lists.peek();
    return list == null ? "" : list.number(item);
  }

  private static Optional<Style> styleOf(Element element) {
    return Optional.ofNullable(STYLES.get(element.normalName()));
  }

  private boolean isDataTable() {
    return Boolean.TRUE.equals(dataTables.peek());
  }

  private void startCell() {
    if (inRow) {
      manuscript.cell();
    } else {
      end();
    }
  }

  /// One break is a space, two part paragraphs.
  private void breakLine() {
    if (preformatted > 0) {
      manuscript.addCode("\n");
    } else if (afterBreak) {
      end();
    } else {
      manuscript.space();
    }
    afterBreak = true;
  }

  private void end() {
    if (inRow) {
      manuscript.space();
    } else if (headingLevel > 0) {
      manuscript.endHeading(headingLevel);
    } else {
      manuscript.end(kind());
    }
  }

  private Kind kind() {
    if (preformatted > 0) {
      return Kind.CODE;
    }
    if (quotes > 0) {
      return Kind.QUOTE;
    }
    return items > 0 ? Kind.LIST_ITEM : Kind.PARAGRAPH;
  }
}

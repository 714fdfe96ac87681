package dev.errand.handlers.read;

import dev.errand.handlers.read.Document.Kind;
import dev.errand.handlers.read.Document.Link;
import dev.errand.handlers.read.Mark.Style;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/// Writes parsed Markdown into a manuscript. Walks without recursion.
final class MarkdownBlocks {
  private static final int MAX_LINKS = 2_000;

  private final @Nullable URI address;
  private final Manuscript manuscript = new Manuscript();
  private final List<Link> links = new ArrayList<>();
  private final Deque<Integer> numbers = new ArrayDeque<>();
  private int items;
  private int quotes;

  MarkdownBlocks(@Nullable URI address) {
    this.address = address;
  }

  Manuscript manuscript() {
    return manuscript;
  }

  List<Link> links() {
    return links;
  }

  void write(Node root) {
    Node node = root;
    while (node != null) {
      enter(node);
      if (node.getFirstChild() != null) {
        node = node.getFirstChild();
      } else {
        node = next(node, root);
      }
    }
  }

  /// Leaves finished nodes on the way to the one that follows.
  private @Nullable Node next(Node finished, Node root) {
    Node node = finished;
    leave(node);
    while (!node.equals(root) && node.getNext() == null) {
      node = node.getParent();
      leave(node);
    }
    return node.equals(root) ? null : node.getNext();
  }

  private void enter(Node node) {
    switch (node) {
      case Text text -> manuscript.add(text.getLiteral());
      case Code code -> {
        manuscript.open(Style.CODE, "");
        manuscript.add(code.getLiteral());
        manuscript.close(Style.CODE);
      }
      case Emphasis _ -> manuscript.open(Style.EMPHASIS, "");
      case StrongEmphasis _ -> manuscript.open(Style.STRONG, "");
      case SoftLineBreak _ -> manuscript.space();
      case HardLineBreak _ -> manuscript.space();
      case FencedCodeBlock code -> code(code.getLiteral());
      case IndentedCodeBlock code -> code(code.getLiteral());
      case HtmlBlock html -> manuscript.add(Jsoup.parseBodyFragment(html.getLiteral()).text());
      case org.commonmark.node.Link link -> note(link);
      case BlockQuote _ -> quotes++;
      case ListItem item -> {
        items++;
        open(item);
      }
      case OrderedList list ->
          numbers.push(Objects.requireNonNullElse(list.getMarkerStartNumber(), 1));
      case TableBlock _ -> manuscript.open(Style.TABLE, "");
      case TableCell _ -> manuscript.cell();
      default -> {}
    }
  }

  private void leave(Node node) {
    switch (node) {
      case Heading heading -> manuscript.endHeading(heading.getLevel());
      case TableRow _ -> manuscript.end(Kind.TABLE_ROW);
      case TableCell _ -> {}
      case OrderedList _ -> numbers.pop();
      case TableBlock _ -> manuscript.close(Style.TABLE);
      case BlockQuote _ -> quotes--;
      case ListItem item -> {
        items--;
        manuscript.close(style(item));
      }
      case Emphasis _ -> manuscript.close(Style.EMPHASIS);
      case StrongEmphasis _ -> manuscript.close(Style.STRONG);
      case org.commonmark.node.Link _ -> manuscript.close(Style.LINK);
      case Block _ -> manuscript.end(kind());
      default -> {}
    }
  }

  private void open(ListItem item) {
    String number = "";
    if (style(item) == Style.NUMBERED_ITEM) {
      number = String.valueOf(numbers.peek());
      numbers.push(numbers.pop() + 1);
    }
    manuscript.open(style(item), number);
  }

  private static Style style(ListItem item) {
    return item.getParent() instanceof OrderedList ? Style.NUMBERED_ITEM : Style.ITEM;
  }

  private Kind kind() {
    if (quotes > 0) {
      return Kind.QUOTE;
    }
    return items > 0 ? Kind.LIST_ITEM : Kind.PARAGRAPH;
  }

  private void code(String literal) {
    manuscript.addCode(literal);
    manuscript.end(Kind.CODE);
  }

  private void note(org.commonmark.node.Link link) {
    String target = link.getDestination();
    if (links.size() < MAX_LINKS && Links.leadsSomewhere(target)) {
      links.add(new Link(absolute(target), textOf(link)));
      manuscript.open(Style.LINK, absolute(target));
    }
  }

  private String absolute(String target) {
    try {
      return address == null ? target : address.resolve(target).toString();
    } catch (IllegalArgumentException _) {
      return target;
    }
  }

  private static String textOf(org.commonmark.node.Link link) {
    StringBuilder shown = new StringBuilder();
    for (Node node = link.getFirstChild(); node != null; node = node.getNext()) {
      switch (node) {
        case Text text -> shown.append(text.getLiteral());
        case Code code -> shown.append(code.getLiteral());
        default -> {}
      }
    }
    return Manuscript.clean(shown.toString());
  }
}

package dev.errand.handlers.read;

import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/// Tells tables of data from tables that only lay out a page, by what their cells hold.
final class DataTable implements NodeFilter {
  private static final Set<String> TOO_MUCH_FOR_A_CELL =
      Set.of("table", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "article", "form");
  private static final int LONG_ROW = 1_500;

  private int cells;
  private int textInRow;
  private boolean data = true;

  private DataTable() {}

  static boolean is(Element table) {
    if (table.attr("role").equals("presentation")) {
      return false;
    }
    DataTable filter = new DataTable();
    table.filter(filter);
    return filter.data && filter.cells > 1;
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node instanceof TextNode text) {
      textInRow += text.getWholeText().length();
    } else if (node instanceof Element element && depth > 0) {
      enter(element.normalName());
    }
    data &= textInRow < LONG_ROW;
    return data ? FilterResult.CONTINUE : FilterResult.STOP;
  }

  private void enter(String tag) {
    if (tag.equals("tr")) {
      textInRow = 0;
    } else if (tag.equals("td") || tag.equals("th")) {
      cells++;
    }
    data &= !TOO_MUCH_FOR_A_CELL.contains(tag);
  }
}

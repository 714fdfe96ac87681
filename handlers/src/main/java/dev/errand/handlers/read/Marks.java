package dev.errand.handlers.read;

import dev.errand.handlers.read.Mark.Style;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/// Collects the marks of a text while it is built block by block. Not thread-safe.
final class Marks {
  /// Far more than any real page has: bounds the memory that a hostile one takes.
  private static final int MOST = 100_000;

  private static final int NOT_YET = -1;

  private final Deque<Open> open = new ArrayDeque<>();
  private final List<Mark> inBlock = new ArrayList<>();
  private final List<Mark> all = new ArrayList<>();
  private int end;

  /// A mark whose end is still to come. Where it is inline, its start is an offset in the block
  /// that is being written.
  private static final class Open {
    private final Style style;
    private final String value;
    private int start;

    Open(Style style, String value, int start) {
      this.style = style;
      this.value = value;
      this.start = start;
    }

    Mark until(int end) {
      return new Mark(style, value, start, end);
    }
  }

  /// @param at offset in the block that is being written
  void open(Style style, String value, int at) {
    open.push(new Open(style, value, style.holdsBlocks() ? NOT_YET : at));
  }

  /// Ends the innermost mark of a style; nothing happens when none is open.
  ///
  /// @param at offset in the block that is being written
  void close(Style style, int at) {
    open.stream()
        .filter(one -> one.style == style)
        .findFirst()
        .ifPresent(one -> {
          open.remove(one);
          if (!style.holdsBlocks()) {
            keep(inBlock, one.until(at));
          } else if (one.start != NOT_YET) {
            keep(all, one.until(end));
          }
        });
  }

  /// What is inline and open goes on in the next block, and is marked in both.
  void endOfBlock(int length) {
    open.stream()
        .filter(one -> !one.style.holdsBlocks())
        .forEach(one -> {
          keep(inBlock, one.until(length));
          one.start = 0;
        });
  }

  /// The block that has ended is in the text, from `start`. Marks begin with what can be seen.
  void blockWritten(int start, String block) {
    end = start + block.length();
    open.stream().filter(one -> one.start == NOT_YET).forEach(one -> one.start = start);
    for (Mark mark : inBlock) {
      int blank = mark.start() < mark.end() && block.charAt(mark.start()) == ' ' ? 1 : 0;
      int from = start + mark.start() + blank;
      keep(all, new Mark(mark.style(), mark.value(), from, start + mark.end()));
    }
    inBlock.clear();
  }

  /// Drops the marks within the block that has ended: normalising changed its offsets.
  void forgetBlock() {
    inBlock.clear();
  }

  private static void keep(List<Mark> marks, Mark mark) {
    if (mark.start() < mark.end() && marks.size() < MOST) {
      marks.add(mark);
    }
  }

  /// Those that are closed, in the order of the text and outer ones first.
  List<Mark> all() {
    return all.reversed().stream() // of two of the same extent, the outer one was closed last
        .sorted(Comparator.comparingInt(Mark::start).thenComparingInt(mark -> -mark.end()))
        .toList();
  }
}

package dev.errand.cli.view;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Where a command reads and writes.
///
/// @param out for what was asked for: reports, lists, JSON
/// @param err for everything else: progress, notes, errors
/// @param live whether `err` is a terminal, so that a line on it can be redrawn
/// @param colored whether `out` may carry colours
/// @param columns width of the terminal
public record Terminal(
    InputStream in, PrintStream out, PrintStream err, boolean live, boolean colored, int columns) {
  private static final int USUAL_COLUMNS = 80;

  /// This process's own streams. Java cannot tell which of them are terminals; the launcher can,
  /// and says so in `ERRAND_TERMINAL` (the letters `o` and `e`, for out and err) and
  /// `ERRAND_COLUMNS`.
  public static Terminal ofProcess(Map<String, String> environment) {
    String terminals = environment.getOrDefault("ERRAND_TERMINAL", "");
    boolean noColor = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    boolean dumb = "dumb".equals(environment.get("TERM"));
    return new Terminal(
        System.in,
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        terminals.contains("e") && !dumb,
        terminals.contains("o") && !dumb && !noColor,
        columns(environment.getOrDefault("ERRAND_COLUMNS", "")));
  }

  /// Writes `line` to `out` and lets it through at once.
  public void print(String line) {
    out.println(line);
    out.flush();
  }

  /// Writes `line` to `err`.
  public void note(String line) {
    err.println(line);
    err.flush();
  }

  /// Whether nobody reads `out` any more, as after `| head`.
  public boolean deserted() {
    return out.checkError();
  }

  /// `text` on one line, without the control characters by which a fetched page could write to a
  /// person's terminal.
  public static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  private static PrintStream utf8(FileDescriptor stream) {
    var bytes = new BufferedOutputStream(new FileOutputStream(stream), 8 * 1024);
    return new PrintStream(bytes, false, StandardCharsets.UTF_8);
  }

  private static int columns(String text) {
    try {
      return Math.max(20, Integer.parseInt(text.strip()));
    } catch (NumberFormatException _) {
      return USUAL_COLUMNS;
    }
  }
}

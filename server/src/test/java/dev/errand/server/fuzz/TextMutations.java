package dev.errand.server.fuzz;

import static dev.errand.server.fuzz.Mutations.mutation;
import static dev.errand.server.fuzz.Mutations.one;

import dev.errand.server.fuzz.Mutations.Mutation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;

/// Spoils a body's bytes, whatever they mean.
final class TextMutations {
  private static final List<String> OTHERS =
      List.of(
          "",
          " ",
          "null",
          "true",
          "42",
          "\"text\"",
          "[]",
          "[{}]",
          "{",
          "}",
          "{}",
          "{}{}",
          "NaN",
          "{\"a\":}",
          "{\"a\" 1}",
          "{'a': 1}",
          "{\"a\":01}",
          "{\"a\":+1}",
          "{\"a\":.5}",
          "{\"a\":\"\\x41\"}",
          "{\"a\":\"\t\"}",
          "<xml/>",
          "a=b&c=d",
          "\u001f\u008b\b");

  static final List<Mutation> ALL =
      List.of(
          mutation("another body", (draft, random) -> draft.body = latin(one(OTHERS, random))),
          mutation("a body that is cut", TextMutations::cut),
          mutation("a body with more behind it", (draft, random) -> append(draft, " {} x")),
          mutation("bytes that are no UTF-8", TextMutations::notUtf8),
          mutation("a byte changed", TextMutations::flip),
          mutation("a NUL byte", (draft, random) -> insert(draft, random, new byte[] {0})),
          mutation("a byte order mark", (draft, random) -> prepend(draft, "\u00ef\u00bb\u00bf")),
          mutation("UTF-16", (draft, random) -> encode(draft, StandardCharsets.UTF_16)),
          mutation("Latin-1", (draft, random) -> encode(draft, StandardCharsets.ISO_8859_1)),
          mutation("a comment", (draft, random) -> prepend(draft, "/* comment */")),
          mutation(
              "single quotes", (draft, random) -> text(draft, text -> text.replace('"', '\''))),
          mutation(
              "a comma too many", (draft, random) -> text(draft, text -> text.replace("}", ",}"))),
          mutation("an array of it", (draft, random) -> text(draft, text -> "[" + text + "]")),
          mutation(
              "nesting without end",
              (draft, random) -> draft.body = latin("{\"a\":".repeat(1 + random.nextInt(50_000)))),
          mutation(
              "nothing but brackets", (draft, random) -> draft.body = latin("[".repeat(100_000))),
          mutation("much space", (draft, random) -> prepend(draft, " \n\t\r".repeat(5_000))),
          mutation(
              "too much of everything",
              (draft, random) ->
                  draft.body =
                      random.nextInt(10) > 0
                          ? latin("{\"a\":\"" + "x".repeat(70_000) + "\"}")
                          : latin("{\"a\":\"" + "x".repeat(1_100_000) + "\"}")),
          mutation("a thousand fields", TextMutations::thousandFields));

  private TextMutations() {}

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] body(Draft draft) {
    return Objects.requireNonNull(draft.body);
  }

  private static void cut(Draft draft, Random random) {
    draft.body = Arrays.copyOf(body(draft), random.nextInt(body(draft).length + 1));
  }

  private static void append(Draft draft, String more) {
    draft.body = joined(body(draft), latin(more));
  }

  private static void prepend(Draft draft, String before) {
    draft.body = joined(latin(before), body(draft));
  }

  private static void notUtf8(Draft draft, Random random) {
    insert(
        draft,
        random,
        latin(
            one(
                List.of("\u00ff", "\u00c3(", "\u00ed\u00a0\u0080", "\u00f5\u0080", "\u00c0\u00af"),
                random)));
  }

  private static void flip(Draft draft, Random random) {
    byte[] changed = body(draft).clone();
    if (changed.length > 0) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
    }
    draft.body = changed;
  }

  private static void insert(Draft draft, Random random, byte[] bytes) {
    int at = random.nextInt(body(draft).length + 1);
    draft.body =
        joined(
            Arrays.copyOf(body(draft), at),
            bytes,
            Arrays.copyOfRange(body(draft), at, body(draft).length));
  }

  private static void encode(Draft draft, Charset charset) {
    String text = new String(body(draft), StandardCharsets.UTF_8).replace("a", "\u00e4");
    draft.body = text.getBytes(charset);
  }

  private static void text(Draft draft, UnaryOperator<String> change) {
    draft.body = latin(change.apply(new String(body(draft), StandardCharsets.ISO_8859_1)));
  }

  private static void thousandFields(Draft draft, Random random) {
    StringBuilder fields = new StringBuilder("{");
    for (int i = 0; i < 1000; i++) {
      fields.append("\"f%d\":%d,".formatted(i, random.nextInt()));
    }
    text(draft, text -> text.startsWith("{") ? fields + text.substring(1) : fields + "\"x\":1}");
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }
}

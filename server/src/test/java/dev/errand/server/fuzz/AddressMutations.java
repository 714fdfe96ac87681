package dev.errand.server.fuzz;

import static dev.errand.server.fuzz.Mutations.mutation;
import static dev.errand.server.fuzz.Mutations.one;

import dev.errand.server.fuzz.Mutations.Mutation;
import java.util.List;
import java.util.Random;

/// Spoils where a request goes and what it asks for there.
final class AddressMutations {
  /// Ids of nothing, which still stand for one part of a path.
  private static final List<String> IDS =
      List.of(
          "00000000-0000-0000-0000-000000000000",
          "ffffffff-ffff-ffff-ffff-ffffffffffff",
          "01980c6e-5b1f-7d6a-9f1e-2b6f3c1d4e5f",
          "1-1-1-1-1",
          "x",
          "0",
          "-1",
          "null",
          "a%20b",
          "%C3%A4",
          "%F0%9D%92%B3",
          "%27%3B--",
          "$%7Bx%7D",
          "x".repeat(3_000));

  /// Parts of paths that may be no parts at all.
  private static final List<String> PARTS =
      List.of(
          "",
          ".",
          "..",
          "%00",
          "%2e%2e",
          "%2F",
          "%5c",
          "%zz",
          "%",
          "%ff",
          "%C3",
          ";x=y",
          "\u00ff",
          "a b",
          "{x}",
          "\u0001",
          "#",
          "\\",
          "*",
          "//",
          "~",
          "x".repeat(9_000));

  private static final List<String> VALUES =
      List.of(
          "",
          "0",
          "-1",
          "1",
          "200",
          "201",
          "1.5",
          "1e3",
          "99999999999999999999",
          "true",
          "maybe",
          "null",
          "*",
          "%00",
          "%ff",
          "%C3%28",
          "%",
          "%zz",
          "%F0%9D%92%B3",
          "a%20b",
          "a+b",
          "%27%20OR%201%3D1--",
          "%25%25",
          "AAAAAAAAAAAAAAAAAAAAAA",
          "!!!!",
          "ZHg",
          "dDIwMjYtMDEtMDFUMDA6MDA6MDBa",
          "x".repeat(201),
          "x".repeat(5_000));

  private static final List<String> NAMES =
      List.of(
          "limit", "cursor", "owner", "status", "type", "tag", "q", "follow", "after", "token",
          "unknown", "", "a%5B%5D", "%ff");

  private static final List<String> METHODS =
      List.of(
          "GET",
          "HEAD",
          "POST",
          "PUT",
          "PATCH",
          "DELETE",
          "OPTIONS",
          "TRACE",
          "CONNECT",
          "FROB",
          "get",
          "G\u00ffT",
          "PROPFIND");

  static final List<Mutation> ALL =
      List.of(
          mutation("another id", AddressMutations::id),
          mutation("another id", AddressMutations::id),
          mutation("an odd path", AddressMutations::path),
          mutation("a parameter", AddressMutations::parameter),
          mutation("a parameter", AddressMutations::parameter),
          mutation("a parameter twice", AddressMutations::twice),
          mutation("an odd query", AddressMutations::oddQuery),
          mutation("another method", AddressMutations::method));

  private AddressMutations() {}

  private static void id(Draft draft, Random random) {
    String[] parts = draft.path.split("/", -1);
    if (parts.length > 2 && parts[2].matches("[0-9a-f-]{36}|nightly")) {
      parts[2] = one(IDS, random);
      draft.path = String.join("/", parts);
    } else {
      parameter(draft, random);
    }
  }

  private static void path(Draft draft, Random random) {
    String odd = one(PARTS, random);
    draft.path =
        switch (random.nextInt(3)) {
          case 0 -> draft.path + "/" + odd;
          case 1 -> "/" + odd + draft.path;
          default -> draft.path + odd;
        };
    draft.elsewhere = true;
  }

  private static void parameter(Draft draft, Random random) {
    draft.query.removeIf(_ -> random.nextBoolean());
    draft.query(one(NAMES, random) + "=" + one(VALUES, random));
  }

  private static void twice(Draft draft, Random random) {
    String name = one(NAMES, random);
    draft.query(name + "=" + one(VALUES, random)).query(name + "=" + one(VALUES, random));
  }

  private static void oddQuery(Draft draft, Random random) {
    draft.query(
        one(List.of("&&", "=", "a", "a==b", "?", "a=b;c=d", "\u00ff=1", "[x]=1", "a=<b>"), random));
  }

  private static void method(Draft draft, Random random) {
    draft.method = one(METHODS, random);
    draft.elsewhere = true;
  }
}

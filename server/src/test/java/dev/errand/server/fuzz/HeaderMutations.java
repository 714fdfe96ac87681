package dev.errand.server.fuzz;

import static dev.errand.server.fuzz.Mutations.mutation;
import static dev.errand.server.fuzz.Mutations.one;

import dev.errand.server.fuzz.Mutations.Mutation;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/// Spoils what is said about a request.
final class HeaderMutations {
  private static final List<String> CONTENT_TYPES =
      List.of(
          "Content-Type:",
          "Content-Type: text/plain",
          "Content-Type: application/xml",
          "Content-Type: application/json; charset=utf-16",
          "Content-Type: application/json; charset=nonsense",
          "Content-Type: application/json; charset=\"",
          "Content-Type: application/merge-patch+json",
          "Content-Type: multipart/form-data; boundary=x",
          "Content-Type: multipart/form-data",
          "Content-Type: application/x-www-form-urlencoded",
          "Content-Type: */*",
          "Content-Type: /",
          "Content-Type: a/b/c;;;=",
          "Content-Type: application/json, text/plain",
          "Content-Type: \u00ff\u00fe");

  private static final List<String> ODD =
      List.of(
          "Content-Encoding: gzip",
          "Content-Encoding: identity",
          "Content-Encoding: nonsense",
          "Accept: text/html",
          "Accept: application/xml",
          "Accept: application/json",
          "Accept: text/event-stream",
          "Accept: application/x-ndjson",
          "Accept: */*;q=0",
          "Accept: nonsense",
          "Accept: a/b;q=2;;;",
          "Accept-Charset: utf-7",
          "Accept-Encoding: nonsense;q=9",
          "Accept-Language: \u00ff",
          "Idempotency-Key:",
          "Idempotency-Key: key",
          "Idempotency-Key: " + "k".repeat(101),
          "Idempotency-Key: \u00c3\u00bc \u00ff",
          "Idempotency-Key: a\tb",
          "Last-Event-ID: -1",
          "Last-Event-ID: 99999999999999999999",
          "Last-Event-ID: 999999999999999999",
          "Last-Event-ID: x",
          "Range: bytes=0-0",
          "Range: bytes=-1",
          "Range: bytes=9-1",
          "Range: bytes=99999999999999999999-",
          "Range: bytes=0-0,2-3",
          "Range: lines=1-2",
          "If-Range: x",
          "If-None-Match: *",
          "If-None-Match: W/\"",
          "If-Match: \"x\"",
          "If-Modified-Since: yesterday",
          "Authorization:",
          "Authorization: Bearer",
          "Authorization: Bearer x",
          "Authorization: Basic Og==",
          "Authorization: Bearer " + "x".repeat(5_000),
          "Authorization: Bearer \u00ff\u00fe",
          "X-API-Key: x",
          "Cookie: errand_session=x",
          "Cookie: =;;;\"",
          "traceparent: 00-" + "0".repeat(32) + "-0-0",
          "traceparent: \u00ff",
          "Origin: null",
          "Sec-Fetch-Site: cross-site",
          "X-HTTP-Method-Override: DELETE",
          "X-Forwarded-For: 127.0.0.1, '",
          "Forwarded: for=\"",
          "X-Forwarded-Prefix: /\u0001",
          "Expect: 100-continue",
          "Expect: nonsense",
          "Upgrade: websocket",
          "Upgrade: h2c",
          "Connection: Upgrade",
          "Connection: close, x",
          "X: " + "y".repeat(7_000),
          "X: " + "y".repeat(20_000),
          "X-\u00e4: y",
          "no colon at all",
          ": no name",
          "X : space",
          " folded",
          "X: a\u0000b",
          "X: a\rb");

  static final List<Mutation> ALL =
      List.of(
          mutation(
              "another content type",
              (draft, random) -> draft.replaceHeader("Content-Type", one(CONTENT_TYPES, random))),
          mutation("an odd header", (draft, random) -> add(draft, one(ODD, random))),
          mutation("an odd header", (draft, random) -> add(draft, one(ODD, random))),
          mutation("an odd header", (draft, random) -> add(draft, one(ODD, random))),
          mutation("a header twice", (draft, random) -> draft.header(one(draft.headers, random))),
          mutation("no authorization", (draft, random) -> without(draft, "Authorization")),
          mutation("another host", HeaderMutations::host),
          mutation("many headers", HeaderMutations::many),
          mutation("chunks", HeaderMutations::chunks),
          mutation("another length", HeaderMutations::length));

  private HeaderMutations() {}

  private static void add(Draft draft, String line) {
    int colon = line.indexOf(':');
    if (colon > 0) {
      draft.replaceHeader(line.substring(0, colon), line);
    } else {
      draft.header(line);
    }
  }

  private static void without(Draft draft, String name) {
    draft.headers.removeIf(line -> line.startsWith(name + ":"));
  }

  private static void host(Draft draft, Random random) {
    List<String> hosts =
        List.of(
            "evil.example",
            "",
            "a b",
            "localhost:99999",
            "[::1",
            "127.0.0.1:0",
            "\u00ff",
            "@",
            "a".repeat(300));
    draft.replaceHeader("Host", "Host: " + one(hosts, random));
    // What an answer to a broken host is about, the server alone knows.
    draft.elsewhere = true;
  }

  private static void many(Draft draft, Random random) {
    int count = random.nextInt(200);
    for (int i = 0; i < count; i++) {
      draft.header("X-" + i + ": " + random.nextInt());
    }
  }

  private static void chunks(Draft draft, Random random) {
    if (draft.body == null) {
      return;
    }
    String size = Integer.toHexString(draft.body.length);
    List<String> sizes = List.of(size, size + ";x=y", "0" + size, "zz", "-1", "ffffffffffffffff");
    String chosen = one(sizes, random);
    byte[] body = Objects.requireNonNull(draft.body);
    draft.body = new Bytes().text(chosen + "\r\n").bytes(body).text("\r\n0\r\n\r\n").toBytes();
    draft.header(
        "Transfer-Encoding: "
            + one(List.of("chunked", "chunked", "Chunked", "gzip, chunked"), random));
    draft.brokenOff = true;
  }

  private static void length(Draft draft, Random random) {
    List<String> lengths =
        List.of("0", "1", "-1", "x", "", "99999", "99999999999999999999", "1, 2", "+5");
    draft.header("Content-Length: " + one(lengths, random));
    draft.brokenOff = true;
  }
}

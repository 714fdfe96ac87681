package dev.errand.server.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// An OpenID Connect issuer on this machine.
public final class TestIssuer implements AutoCloseable {
  public static final String AUDIENCE = "errand-under-test";

  private final HttpServer server;
  private final AtomicInteger keysAsked = new AtomicInteger();
  private volatile RSAKey key = newKey();
  private volatile String claimedIssuer = "";
  private volatile boolean broken;

  private TestIssuer(HttpServer server) {
    this.server = server;
  }

  public static TestIssuer start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      TestIssuer issuer = new TestIssuer(server);
      issuer.claimedIssuer = issuer.url();
      server.createContext("/", issuer::answer);
      server.start();
      return issuer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Signs with another key from now on, and publishes only that one.
  public void rotate() {
    key = newKey();
  }

  int keysAsked() {
    return keysAsked.get();
  }

  void claimToBe(String issuer) {
    claimedIssuer = issuer;
  }

  void breakDown(boolean down) {
    broken = down;
  }

  /// What it says of `user` when all is well.
  public JWTClaimsSet.Builder claims(String user) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(url())
        .audience(AUDIENCE)
        .subject(user)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))));
  }

  public String token(String user) {
    return token(user, claims -> claims);
  }

  public String token(String user, UnaryOperator<JWTClaimsSet.Builder> change) {
    return signed(change.apply(claims(user)).build());
  }

  String signed(JWTClaimsSet claims) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Without a signature.
  public String unsigned(String user) {
    return new PlainJWT(claims(user).build()).serialize();
  }

  /// Signed with the public key, which everybody knows, as if it were a shared secret.
  String confused(String user) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(),
              claims(user).build());
      token.sign(new MACSigner(key.toPublicKey().getEncoded()));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body =
        switch (path) {
          case "/.well-known/openid-configuration" ->
              "{\"issuer\": \"%s\", \"jwks_uri\": \"%s/keys\"}".formatted(claimedIssuer, url());
          case "/keys" -> keys();
          default -> "";
        };
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(broken ? 500 : body.isEmpty() ? 404 : 200, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private String keys() {
    keysAsked.incrementAndGet();
    return new JWKSet(List.of(key)).toString(true);
  }

  private static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(2048)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.RS256)
          .keyIDFromThumbprint(true)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

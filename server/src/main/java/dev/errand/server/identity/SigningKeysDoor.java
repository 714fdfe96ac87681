package dev.errand.server.identity;

import dev.errand.engine.access.Caller;
import dev.errand.server.json.Fields;
import dev.errand.server.security.Audit;
import dev.errand.server.security.Authenticator;
import dev.errand.server.security.Keyring;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// `/.well-known/jwks.json`: the public keys to check our tokens with; administrators have a new
/// one made.
@RestController
public final class SigningKeysDoor {
  private final Keyring keyring;
  private final Authenticator authenticator;
  private final Audit audit;

  public SigningKeysDoor(Keyring keyring, Authenticator authenticator, Audit audit) {
    this.keyring = keyring;
    this.authenticator = authenticator;
    this.audit = audit;
  }

  @GetMapping("/.well-known/jwks.json")
  ResponseEntity<byte[]> publicKeys() {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=60")
        .body(keyring.publicKeys().getBytes(StandardCharsets.UTF_8));
  }

  /// With `leaked: true` all tokens that were signed before stop working.
  @PostMapping("/api/auth/signing-keys/rotate")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void rotate(Caller caller, HttpServletRequest request, ObjectNode body) {
    caller.requireAdmin("Rotating signing keys");
    Fields fields = new Fields(body).only(List.of("leaked"));
    boolean leaked = fields.yesOrNo("leaked").orElse(false);
    fields.orRefuse("invalid_request");
    if (leaked) {
      keyring.replace();
      authenticator.forget();
    } else {
      keyring.rotate();
    }
    audit.done(request, "signing_keys.rotated", null, leaked ? "leaked" : null);
  }
}

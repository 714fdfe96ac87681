package dev.errand.server.security;

import dev.errand.engine.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/`: says where one has come, and lets in whoever comes by the link that the server printed.
@RestController
public final class FrontDoor {
  private static final String HINT =
      """
      This is an Errand server. It runs long jobs and keeps their results.

        GET  /health                    is it well?
        POST /tasks                     {"type": "echo", "params": {"msg": "hello"}}
        GET  /tasks                     what there is
        GET  /tasks/{id}                how it stands
        GET  /tasks/{id}/events         live
        POST /schedules                 {"cron": "30 2 * * *", "time_zone": "Europe/Berlin", "type": …}

        POST /api/auth/login            {"user": …, "password": …}

      All but /health need "Authorization: Bearer <token>": an access token or an API key. The administrator's
      token is in the file "token" of the server's data directory. The command line finds it by itself: errand help
      """;

  private final BrowserSessions sessions;

  public FrontDoor(BrowserSessions sessions) {
    this.sessions = sessions;
  }

  @GetMapping("/")
  ResponseEntity<byte[]> enter(
      @RequestParam(name = "token", required = false) @Nullable String token,
      HttpServletRequest request) {
    return token == null ? hint() : open(token, request);
  }

  private static ResponseEntity<byte[]> hint() {
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
        .body(HINT.getBytes(StandardCharsets.UTF_8));
  }

  private ResponseEntity<byte[]> open(String token, HttpServletRequest request) {
    String session =
        Optional.ofNullable(sessions.open(token))
            .orElseThrow(() ->
                new Problem.Unauthorized(
                        "This link does not work, or does not work any more: it opens one"
                            + " session. Start the server again for a new one.")
                    .refused());
    // The address without the token is what stays in the browser's history.
    return ResponseEntity.status(HttpStatus.SEE_OTHER)
        .location(URI.create("/"))
        .header(
            HttpHeaders.SET_COOKIE,
            SessionCookie.header(request, session, BrowserSessions.LIFETIME))
        .build();
  }
}

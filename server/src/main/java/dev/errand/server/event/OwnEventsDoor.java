package dev.errand.server.event;

import dev.errand.engine.access.Caller;
import dev.errand.engine.event.Feed;
import dev.errand.engine.event.Feed.OwnEvent;
import dev.errand.engine.event.Feed.Place;
import dev.errand.engine.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// `GET /events`: what happens to all of one's tasks, as Server-Sent Events or, for those who ask
/// for JSON, a page of what happened so far. `WS /events/live` tells the same over a WebSocket.
///
/// Who says neither after which event nor since when hears what happens from now on; a page without
/// either begins an hour ago.
@RestController
public final class OwnEventsDoor {
  private static final int MAX_PAGE = 1000;
  private static final Duration PAGE_SINCE = Duration.ofHours(1);

  private final Feed feed;
  private final Followers followers;
  private final JsonMapper json;

  public OwnEventsDoor(Feed feed, Followers followers, JsonMapper json) {
    this.feed = feed;
    this.followers = followers;
    this.json = json;
  }

  @GetMapping("/events")
  void events(
      Caller caller,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
      @RequestParam(name = "after", required = false) @Nullable String after,
      @RequestParam(name = "since", required = false) @Nullable String since,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    // A browser that comes back asks for the same address again, and says in the header how far it
    // is.
    Place known = place("Last-Event-ID", lastEventId);
    known = known == null ? place("after", after) : known;
    known = known == null ? moment(since) : known;
    if (ContentNegotiation.wantsPage(request)) {
      page(caller, known, response);
      return;
    }
    response.setContentType(ContentNegotiation.EVENT_STREAM);
    if (!request.getMethod().equals("HEAD")) {
      followers.ofOwner(caller.user(), known == null ? feed.end() : known, request, response);
    }
  }

  @GetMapping("/events/live")
  void live(
      Caller caller,
      @RequestParam(name = "last_event_id", required = false) @Nullable String lastEventId,
      @RequestParam(name = "since", required = false) @Nullable String since,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Place known = place("last_event_id", lastEventId);
    known = known == null ? moment(since) : known;
    followers.socketOfOwner(caller.user(), known == null ? feed.end() : known, request, response);
  }

  /// @param nextCursor the `after` of what comes next, whether it has happened already or not
  public record OwnEventsJson(List<OwnEventJson> events, String nextCursor) {}

  private void page(Caller caller, @Nullable Place known, HttpServletResponse response)
      throws IOException {
    Place end = feed.end();
    Place after = known == null ? Place.before(end.at().minus(PAGE_SINCE)) : known;
    List<OwnEvent> page = feed.read(caller.user(), after, MAX_PAGE);
    Place next = page.isEmpty() ? after : page.getLast().place();
    List<OwnEventJson> shown =
        page.stream().map(own -> OwnEventJson.of(own, json.readTree(own.event().data()))).toList();
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    json.writeValue(response.getOutputStream(), new OwnEventsJson(shown, next.toString()));
  }

  private static @Nullable Place place(String name, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    return Place.parse(text)
        .orElseThrow(() -> bad("%s must be the id of an event, not \"%s\".".formatted(name, text)));
  }

  private static @Nullable Place moment(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      Instant moment = OffsetDateTime.parse(text).toInstant();
      if (moment.getEpochSecond() >= 0) {
        return Place.before(moment);
      }
    } catch (DateTimeException _) {
      // Said below.
    }
    throw bad("since must be a time with its offset, such as 2030-01-31T09:00:00Z.");
  }

  private static Problem.Refused bad(String detail) {
    return new Problem.BadRequest(detail).refused();
  }
}

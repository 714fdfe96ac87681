package dev.errand.server.mcp;

import dev.errand.engine.access.Caller;
import dev.errand.engine.problem.Problem;
import dev.errand.server.problem.ProblemWriter;
import dev.errand.server.problem.Refusal;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/// `/mcp`: tools for language models, by the Model Context Protocol over streamable HTTP.
///
/// Who calls was decided before; this door keeps pages of foreign origins and other people's
/// sessions out and leaves the protocol to [Endpoint], which the first call makes: a server whose
/// users know no language model starts without it. Thread-safe.
///
/// @see <a href="https://modelcontextprotocol.io/specification">The specification</a>
public final class McpDoor extends HttpServlet implements SmartLifecycle {
  static final String PATH = "/mcp";

  private static final Logger log = LoggerFactory.getLogger(McpDoor.class);
  private static final String SESSION = "Mcp-Session-Id";
  private static final Set<String> METHODS = Set.of("GET", "POST", "DELETE");

  private final transient McpTools tools;
  private final transient List<String> origins;
  private final transient McpSessions sessions;
  private final transient ProblemWriter problems;
  private final transient JsonMapper json;
  private transient volatile @Nullable Endpoint endpoint;
  private volatile boolean stopped;

  /// @param origins whose pages in a browser may call, besides this server's own
  public McpDoor(
      McpTools tools,
      List<String> origins,
      InstantSource clock,
      ProblemWriter problems,
      JsonMapper json) {
    this.tools = tools;
    this.origins = List.copyOf(origins);
    this.sessions = new McpSessions(clock);
    this.problems = problems;
    this.json = json;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, PATH);
    Optional<Refusal> refusal = refusal(request);
    if (refusal.isPresent()) {
      problems.write(refusal.get(), request, response);
    } else {
      serve(request, response);
    }
  }

  private Optional<Refusal> refusal(HttpServletRequest request) {
    if (Collections.list(request.getHeaders("Origin")).stream()
        .anyMatch(origin -> foreign(origin, request))) {
      return Optional.of(
          Refusal.of(
              HttpStatus.FORBIDDEN,
              "origin_not_allowed",
              "Pages of this origin may not call this server (CORS_ALLOWED_ORIGINS)."));
    }
    if (!METHODS.contains(request.getMethod())) {
      return Optional.of(
          Refusal.of(
                  HttpStatus.METHOD_NOT_ALLOWED,
                  "method_not_allowed",
                  "%s is not possible here; possible: GET, POST, DELETE."
                      .formatted(request.getMethod()))
              .with("Allow", "GET, POST, DELETE"));
    }
    String session = request.getHeader(SESSION);
    return session == null || sessions.use(session, user(request))
        ? Optional.empty()
        : Optional.of(Refusal.of(new Problem.NotFound("session here; initialize a new one")));
  }

  /// A page that has made its own name mean our address is "own" here; it has no token, and no
  /// cookie of ours is sent to its name.
  private boolean foreign(String origin, HttpServletRequest request) {
    String own = request.getScheme() + "://" + request.getHeader("Host");
    return !origin.equals(own) && !origins.contains(origin);
  }

  private void serve(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Endpoint known = endpoint();
    String session = request.getHeader(SESSION);
    Opening answer = new Opening(response, user(request), session);
    known.serve(request, answer);
    if (session != null && request.getMethod().equals("DELETE")) {
      sessions.forget(session);
    }
    for (String ended : answer.ended) {
      known.end(ended, request, response);
    }
  }

  /// Notes whose a session is before its id is on the way: who has it may use it at once.
  private final class Opening extends HttpServletResponseWrapper {
    private final String user;
    private final @Nullable String session;
    private List<String> ended = List.of();

    /// @param session the one that the request belongs to, absent for one that opens a session
    Opening(HttpServletResponse response, String user, @Nullable String session) {
      super(response);
      this.user = user;
      this.session = session;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
      return session == null ? super.getWriter() : new EventWriter(super.getWriter(), session);
    }

    @Override
    public void setHeader(String name, String value) {
      if (name.equalsIgnoreCase(SESSION)) {
        ended = sessions.open(value, user);
      }
      super.setHeader(name, value);
    }
  }

  /// Leaves out the ids that are none. An event's id must be unique and says where to go on; the
  /// SDK gives events that cannot be sent again the id of their session.
  private static final class EventWriter extends PrintWriter {
    private final String sessionAsId;

    EventWriter(PrintWriter out, String session) {
      super(out);
      this.sessionAsId = "id: " + session + "\n";
    }

    @Override
    public void write(String text) {
      if (!text.equals(sessionAsId)) {
        super.write(text);
      }
    }
  }

  private Endpoint endpoint() {
    Endpoint known = endpoint;
    return known == null ? firstEndpoint() : known;
  }

  private synchronized Endpoint firstEndpoint() {
    Endpoint known = endpoint;
    if (known == null) {
      if (stopped) {
        throw new IllegalStateException("The server stops");
      }
      known = new Endpoint(tools, json);
      endpoint = known;
    }
    return known;
  }

  private static String user(HttpServletRequest request) {
    Object caller = Objects.requireNonNull(request.getAttribute(Caller.class.getName()));
    return ((Caller) caller).user();
  }

  @Override
  public void start() {
    // The first call does.
  }

  /// Ends the streams that are open, before Tomcat would wait for them.
  @Override
  public synchronized void stop() {
    stopped = true;
    Endpoint known = endpoint;
    if (known != null) {
      known.close();
      log.debug("Sessions have ended");
    }
  }

  @Override
  public boolean isRunning() {
    return !stopped;
  }
}

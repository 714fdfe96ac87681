package dev.errand.cli.command;

import dev.errand.cli.server.EmbeddedServer;
import dev.errand.cli.server.Trouble;
import dev.errand.client.ErrandClient;
import dev.errand.client.Json;
import dev.errand.client.Research;
import dev.errand.client.Task;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers a question with a cited report, on a server of its own where none runs.
final class ResearchCommand implements Command {
  private static final int MOST = 5;
  private static final Pattern COMMA = Pattern.compile(",");

  @Override
  public Usage usage() {
    return new Usage(
        "research",
        "QUESTION",
        "Answer a question with a cited report.",
        """
        The report goes to the standard output, progress to the standard error. Where no server
        runs, one is started for the length of the command; the task is kept when the command is
        interrupted.\
        """,
        List.of(
            "research \"What happens to a task when its worker is killed?\" --docs docs",
            "research \"What is new?\" --url https://example.org/changes > report.md",
            "research \"What is new in Java?\" --web --plan-only > plan.json",
            "research \"What is new in Java?\" --web --plan plan.json --formats html,pdf"));
  }

  @Override
  public void options(OptionList options) {
    options
        .value(
            "docs", "DIR", "Read the HTML, Markdown, text and PDF files in DIR; may be repeated.")
        .value("url", "URL", "Read the page at URL; may be repeated.")
        .value("depth", "DEPTH", "How much the report shows: brief or detailed.")
        .flag("web", "Look for pages on the web too; needs a search provider.")
        .value("breadth", "N", "Queries for each open question in a round on the web, 1 to 5.")
        .value("rounds", "N", "Rounds on the web, 1 to 5.")
        .value("report", "TYPE", "Its layout: brief, detailed, resource_list or qa.")
        .value("formats", "LIST", "Store the report in other forms too: html, pdf.")
        .flag("quotes", "Quote only, also where a language model is configured.")
        .flag("plan-only", "Print the plan as JSON and stop.")
        .value(
            "plan", "FILE", "Run the plan in FILE, as --plan-only printed it or as you edited it.")
        .json("Print one JSON document: the task, its artifacts and the report.");
  }

  @Override
  public int run(Arguments arguments, Surroundings around) {
    Research research = research(arguments);
    try (EmbeddedServer server = new EmbeddedServer(around.environment())) {
      around.interruption().then(() -> interruptedEarly(around, server));
      ErrandClient client = server.open(() -> around.terminal().note("Starting a server…"));
      Task task = client.research(research);
      around.interruption().then(() -> interrupted(around, server, task));
      Task ended = new Watching(around, client).show(task.id(), server::check);
      Ending ending = new Ending(around, client);
      if (arguments.has("json")) {
        return ending.print(ended);
      }
      int code = ending.show(ended);
      if (server.temporary()) {
        String serve = around.program() + " serve";
        around
            .terminal()
            .note("The server stops with this command; " + serve + " starts it again.");
      }
      return code;
    }
  }

  private static void interruptedEarly(Surroundings around, EmbeddedServer server) {
    around.terminal().note("\nInterrupted. No task was submitted.");
    server.close();
  }

  private static void interrupted(Surroundings around, EmbeddedServer server, Task task) {
    String program = around.program();
    around.terminal().note("\nInterrupted. The task is kept.");
    if (server.temporary()) {
      around.terminal().note("To go on with it:  " + program + " serve");
    }
    around.terminal().note("To see it again:   " + program + " watch " + task.id());
    around.terminal().note("To give it up:     " + program + " cancel " + task.id());
    server.close();
  }

  private static Research research(Arguments arguments) {
    String prompt = String.join(" ", arguments.operands()).strip();
    if (prompt.isEmpty()) {
      throw Trouble.usage("QUESTION is missing.");
    }
    return new Research(
        prompt,
        arguments.values("docs").stream().map(ResearchCommand::folder).toList(),
        arguments.values("url").stream().map(ResearchCommand::address).toList(),
        arguments.value("depth"),
        more(arguments));
  }

  private static Map<String, JsonNode> more(Arguments arguments) {
    ObjectNode more = Json.object();
    if (arguments.has("web")) {
      List<String> sources = new ArrayList<>(List.of("web"));
      Stream.of("docs", "url")
          .filter(kind -> !arguments.values(kind).isEmpty())
          .forEach(kind -> sources.add(kind.equals("url") ? "urls" : kind));
      more.set("sources", Json.array(sources));
    }
    for (String limit : List.of("breadth", "rounds")) {
      if (arguments.has(limit)) {
        more.put(limit, arguments.number(limit, 1, 1, MOST));
      }
    }
    String report = arguments.value("report");
    if (report != null) {
      more.put("report_type", report);
    }
    String formats = arguments.value("formats");
    if (formats != null) {
      more.set("formats", Json.array(formats(formats)));
    }
    if (arguments.has("quotes")) {
      more.put("writer", "extractive");
    }
    if (arguments.has("plan-only")) {
      more.put("plan_only", true);
    }
    String plan = arguments.value("plan");
    if (plan != null) {
      more.set("plan", plan(plan));
    }
    Map<String, JsonNode> params = new HashMap<>();
    more.properties().forEach(one -> params.put(one.getKey(), one.getValue()));
    return params;
  }

  /// The report is printed, so it is always stored as Markdown.
  private static List<String> formats(String typed) {
    Set<String> formats = new LinkedHashSet<>(List.of("markdown", "json"));
    COMMA.splitAsStream(typed).map(String::strip).forEach(formats::add);
    return List.copyOf(formats);
  }

  private static JsonNode plan(String typed) {
    try {
      JsonNode read = Json.read(Files.readString(Path.of(typed)));
      return read.path("plan").isObject() ? read.get("plan") : read;
    } catch (NoSuchFileException _) {
      throw Trouble.usage("--plan " + typed + ": there is no such file.");
    } catch (IOException _) {
      throw Trouble.usage("--plan " + typed + " cannot be read by you.");
    } catch (JacksonException e) {
      throw Trouble.usage("--plan " + typed + " is no JSON: " + e.getOriginalMessage());
    }
  }

  private static String folder(String typed) {
    Path folder = Path.of(typed).toAbsolutePath().normalize();
    if (!Files.exists(folder)) {
      throw Trouble.usage("--docs " + typed + ": there is no " + folder + ".");
    }
    if (!Files.isDirectory(folder)) {
      throw Trouble.usage("--docs " + typed + ": " + folder + " is not a folder.");
    }
    try (Stream<Path> entries = Files.list(folder)) {
      if (entries.findAny().isEmpty()) {
        throw Trouble.usage("--docs " + typed + ": " + folder + " is empty.");
      }
    } catch (IOException e) {
      throw Trouble.usage("--docs " + typed + ": " + folder + " cannot be read by you.");
    }
    return folder.toString();
  }

  private static String address(String typed) {
    try {
      String scheme = URI.create(typed).getScheme();
      if ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme)) {
        return typed;
      }
    } catch (IllegalArgumentException _) {
      // Said below.
    }
    throw Trouble.usage("--url " + typed + ": an address starts with http:// or https://.");
  }
}

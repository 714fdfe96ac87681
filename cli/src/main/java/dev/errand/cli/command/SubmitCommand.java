package dev.errand.cli.command;

import dev.errand.cli.server.Trouble;
import dev.errand.client.ErrandClient;
import dev.errand.client.Json;
import dev.errand.client.Submission;
import dev.errand.client.Task;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Submits a task of any type.
final class SubmitCommand extends ServerCommand {
  private static final int MOST_RETRIES = 100;

  @Override
  public Usage usage() {
    return new Usage(
        "submit",
        "TYPE",
        "Submit a task of any type.",
        "When this command has ended well, the task is on disk. It prints the task's id.",
        List.of(
            "submit echo --params '{\"msg\":\"hello\"}'",
            "submit sleep --params '{\"seconds\":10}' --delay 5m --priority high --watch",
            "submit fetch_url --params @params.json --tag weekly"));
  }

  @Override
  public void options(OptionList options) {
    options
        .value("params", "JSON", "Parameters: a JSON object, @FILE to read one, - for the input.")
        .value("delay", "TIME", "Start no sooner than in TIME, such as 90s, 5m, 2h or 1d.")
        .value("priority", "LEVEL", "high, normal or low.")
        .value("queue", "NAME", "The queue that it waits in; 'default' when not given.")
        .value(
            "concurrency-key",
            "KEY",
            "Of your tasks in the queue with this key, no more run at a time than it allows.")
        .value("max-retries", "N", "How many failed attempts may be followed by another, 0 to 100.")
        .value("timeout", "TIME", "How long one attempt may run.")
        .value("ttl", "TIME", "Fail it as expired when it is not started so long after it is due.")
        .value("budget", "AMOUNT", "What it may spend: 200000 tokens or 0.50usd; may be repeated.")
        .value("callback", "URL", "Is called when the task has ended, as a webhook is.")
        .value("tag", "TAG", "A word to find the task by; may be repeated.")
        .value("idempotency-key", "KEY", "The same key and task again give the same task back.")
        .flag("watch", "Follow the task until it has ended.")
        .json("Print the task as JSON; with --watch a line for each event, then the task.");
  }

  @Override
  int run(Arguments arguments, Surroundings around, ErrandClient client) {
    Submission submission = submission(arguments, around);
    String key = arguments.value("idempotency-key");
    Task task = key == null ? client.submit(submission) : client.submit(submission, key);
    if (arguments.has("watch")) {
      return WatchCommand.watch(task.id(), arguments.has("json"), around, client);
    }
    around.terminal().print(arguments.has("json") ? Json.pretty(task.json()) : task.id());
    return ExitCode.DONE;
  }

  private static Submission submission(Arguments arguments, Surroundings around) {
    Submission submission =
        Submission.of(arguments.operand("TYPE"), params(arguments.value("params"), around));
    given(arguments.duration("delay"), submission::delay);
    given(arguments.duration("timeout"), submission::timeout);
    given(arguments.duration("ttl"), submission::ttl);
    given(arguments.value("priority"), submission::priority);
    given(arguments.value("queue"), submission::queue);
    given(arguments.value("concurrency-key"), submission::concurrencyKey);
    given(arguments.value("callback"), submission::callbackUrl);
    arguments.values("budget").forEach(amount -> budget(submission, amount));
    if (arguments.has("max-retries")) {
      submission.maxRetries(arguments.number("max-retries", 0, 0, MOST_RETRIES));
    }
    List<String> tags = arguments.values("tag");
    return tags.isEmpty() ? submission : submission.tags(tags);
  }

  private static <T> void given(@Nullable T value, Consumer<T> option) {
    if (value != null) {
      option.accept(value);
    }
  }

  private static void budget(Submission submission, String amount) {
    if (amount.matches("\\d{1,15}")) {
      submission.tokens(Long.parseLong(amount));
    } else if (amount.matches("\\d{1,9}(\\.\\d{1,6})?usd")) {
      submission.dollars(new BigDecimal(amount.replace("usd", "")));
    } else {
      throw Trouble.usage(
          "--budget takes tokens such as 200000 or money such as 0.50usd, not '" + amount + "'.");
    }
  }

  private static JsonNode params(@Nullable String typed, Surroundings around) {
    if (typed == null) {
      return Json.object();
    }
    try {
      JsonNode params = Json.read(text(typed, around));
      if (params.isObject()) {
        return params;
      }
      throw Trouble.usage("--params takes a JSON object such as {\"msg\":\"hello\"}.");
    } catch (JacksonException e) {
      throw Trouble.usage(
          "--params is not JSON ("
              + e.getOriginalMessage()
              + "). Quote it for the shell:"
              + " --params '{\"msg\":\"hello\"}'");
    }
  }

  private static String text(String typed, Surroundings around) {
    try {
      if (typed.equals("-")) {
        byte[] input = around.terminal().in().readAllBytes();
        return new String(input, StandardCharsets.UTF_8);
      }
      return typed.startsWith("@") ? Files.readString(Path.of(typed.substring(1))) : typed;
    } catch (IOException | InvalidPathException e) {
      throw Trouble.usage("--params " + typed + ": the file cannot be read (" + e + ").");
    }
  }
}

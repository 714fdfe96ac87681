package dev.errand.cli.command;

import dev.errand.cli.server.Trouble;
import java.util.List;

/// A command that the launcher, `./errand`, carries out by itself. Here it only has its help.
///
/// @param choices the options that its help lists; those of the others are told in their details
record LauncherCommand(Usage usage, List<Choice> choices) implements Command {

  static final Command SERVE =
      new LauncherCommand(
          new Usage(
              "serve",
              "",
              "Run a server here until it is stopped.",
              """
              It prints a link with a one-time token for the browser, and writes the token that the
              other commands use to its data directory. Ctrl-C lets running attempts finish, then
              stops it. The environment decides the rest; `errand config` shows it.\
              """,
              List.of("serve", "serve --port 9090", "serve --role worker")),
          List.of(
              new Choice("port", "PORT", "Where it listens; otherwise ERRAND_PORT, or 8080."),
              new Choice(
                  "host", "ADDRESS", "On which address; otherwise ERRAND_HOST, or 127.0.0.1."),
              new Choice(
                  "role",
                  "ROLE",
                  "api takes tasks, worker runs them, all (what it is otherwise) does both."),
              new Choice("data-dir", "DIR", "Where it keeps its data; otherwise ERRAND_DATA_DIR."),
              new Choice("log", "FORMAT", "text or json; otherwise text on a terminal.")));

  static final Command READ =
      new LauncherCommand(
          new Usage(
              "read",
              "FILE|URL...",
              "Read pages and files: the text a person came for, without a server.",
              """
              HTML, PDF, Markdown and text, also packed with gzip; - reads what comes in. One source
              is printed as its text. Several are printed as lines of JSON in the order in which they
              were typed:
                {file, url, type, strategy, confidence, title, author, date, language, text, links}
              One that cannot be read has an error in its line, and the exit code is 1 in the end.

                --format text       the text, paragraph by paragraph; what is done without this
                --format markdown   with headings, lists, tables, links, quotes and code
                --format json       as a line of JSON, also for one source

              type is article, collection, documentation, forum, listing, product or service, and
              file for what is no web page. confidence is from 0 to 1: how much of the text is likely
              to be right and complete. strategy says how it was found; none means that there was
              no text.

              Addresses are fetched as tasks fetch them: FETCH_DOMAIN_ALLOWLIST and
              FETCH_PRIVATE_ALLOWLIST hold, and nothing inside a network is fetched otherwise.\
              """,
              List.of(
                  "read page.html",
                  "read --format markdown https://example.com/",
                  "read pages/*.html > pages.jsonl",
                  "read - < page.html")));

  static final Command CONFIG =
      new LauncherCommand(
          new Usage(
              "config",
              "",
              "Show every setting of a server, its value, and where that comes from.",
              "Secrets are masked.",
              List.of("config")));

  static final Command INIT_DB =
      new LauncherCommand(
          new Usage(
              "init-db",
              "",
              "Bring the database to the schema of this version.",
              "Every server does so when it starts; this is for those who want it done before.",
              List.of("init-db")));

  static final Command DB =
      new LauncherCommand(
          new Usage(
              "db",
              "migrate|status|rollback [--yes] [--force]",
              "Take the database's schema forward or one step back, or look at it.",
              """
              migrate does what init-db does. status lists every step of the schema; its exit code
              is 1 when one is pending, or was made by a newer version. rollback undoes the last
              step: it says what is lost by that and asks, unless --yes says so. It refuses while a
              server uses the database, and to undo the first step, which deletes everything; with
              --force it does both.\
              """,
              List.of("db status", "db rollback", "db rollback --yes")));

  static final Command TEST =
      new LauncherCommand(
          new Usage(
              "test",
              "[MAVEN OPTIONS]",
              "Build everything and run every test and check.",
              "What is typed after it goes to Maven.",
              List.of("test", "test -pl engine")));

  static final Command FORMAT =
      new LauncherCommand(
          new Usage(
              "format",
              "[MAVEN OPTIONS]",
              "Format every Java file as the build wants it.",
              "What is typed after it goes to Maven.",
              List.of("format", "format -pl engine")));

  static final Command BENCH =
      new LauncherCommand(
          new Usage(
              "bench",
              "[start] [call] [report] [--corpus DIR] | peers|http|backlog|fairness|endurance|sleepers|followers|retrieval|evaluate|reader [OPTIONS]",
              "Measure starts, commands and reports on this machine, or the queue beside others.",
              """
              Each figure stands beside its target, or beside that of a peer in the same run; the
              exit code is 1 when a target was missed. --corpus names a large folder of documents to
              report on; otherwise Debian's sqlite3-doc is taken where it is installed.

              peers runs Errand, JobRunr, db-scheduler, plain JDBC and, where there are Node and
              Redis, pg-boss, graphile-worker and BullMQ in turn, and prints ratios:
                --repeats N    how often everything is measured; otherwise 3
                --jobs N       in one measurement; otherwise 20000
                --warm-up N    jobs before each measurement; otherwise 100000
                --phases LIST  of enqueue, bulk, drain, mixed, pick-up and pick-up-local
                --only LIST    of errand, floor, floor-coalescing, jobrunr, db-scheduler, pg-boss,
                               graphile-worker and bullmq
                --out FILE     where the table goes too, as Markdown

              http measures POST /tasks on 64 connections beside plain JDBC, backlog a worker with a
              million tasks queued beside one with none, fairness how long an owner waits while
              another one floods; these take --repeats, and the first two --jobs. endurance lets
              producers and a worker do what they can for long (--minutes, otherwise 20) and says
              what becomes slower or larger. sleepers measures the memory of a worker with 10,000
              sleeping tasks. followers lets 10,000 follow tasks live (--followers, --events in all,
              --seconds) and says how long events take.

              reader reads every page of a folder (--pages DIR, with html/NAME.html.gz and
              truth/NAME.json) beside readability4j, and says how many of the right words each
              found; --half 1|2 takes every other page of each type, --folds N learns each page's trees
              without it, --learn DIR learns them anew.

              retrieval (--cranfield DIR) says how well passages are found, evaluate how good research
              is in all.\
              """,
              List.of(
                  "bench",
                  "bench start",
                  "bench report --corpus ~/documents",
                  "bench peers",
                  "bench peers --repeats 1 --jobs 5000 --only errand,floor",
                  "bench reader --pages ~/pages")));

  static final Command FAKE_SEARCH =
      new LauncherCommand(
          new Usage(
              "fake-search",
              "[PORT]",
              "Stand in for every search engine, to try searches without a key.",
              """
              All engines that Errand knows, and a very small web for them to find, on one port of
              this machine; without PORT on any that is free. It prints the environment that makes a
              server ask them, as lines of shell, and runs until Ctrl-C. docs/guides/search.md lists
              the words in a query that make an engine fail.\
              """,
              List.of("fake-search 9090")));

  static final Command FAKE_MODEL =
      new LauncherCommand(
          new Usage(
              "fake-model",
              "[PORT]",
              "Stand in for a language model, to try what needs one without a key.",
              """
              Speaks OpenAI's protocol on a port of this machine; without PORT on any that is free.
              It answers whatever Errand asks with the same few words, prints its address, and runs
              until Ctrl-C. A server that shall ask it is started with
                LLM_PROVIDER=openai LLM_MODEL=any LLM_API_KEY=fake-model-key LLM_BASE_URL=ADDRESS\
              """,
              List.of("fake-model 9091")));

  static final Command CHAOS =
      new LauncherCommand(
          new Usage(
              "chaos",
              "[--minutes N] [--rounds N] [--rate N] [--seed N]",
              "Strike servers, network, disk and database at random, and count what was promised.",
              """
              Starts a PostgreSQL, two nodes that take tasks and two that only run them, and submits
              tasks all the time. Nodes and PostgreSQL are killed, nodes restarted and paused, their
              connections cut, stalled and swallowed, the disk filled (as root). Then everything may
              end, and is counted; the exit code is 1 when a promise was broken.

                --minutes N   strike for so long; otherwise 3
                --rounds N    strike no more than so often
                --rate N      tasks submitted a second; otherwise 25
                --seed N      strike in the same order as an earlier run

              Nothing that it starts, writes or mounts outlives it; what it found wrong stays in a
              folder that it names.\
              """,
              List.of("chaos", "chaos --minutes 30 --rate 50", "chaos --seed 12")));

  /// One of the options of a command.
  record Choice(String name, String value, String description) {}

  LauncherCommand {
    choices = List.copyOf(choices);
  }

  private LauncherCommand(Usage usage) {
    this(usage, List.of());
  }

  @Override
  public void options(OptionList options) {
    choices.forEach(one -> options.value(one.name(), one.value(), one.description()));
  }

  @Override
  public int run(Arguments arguments, Surroundings around) {
    throw Trouble.here(
        "`errand " + usage.name() + "` is done by the script ./errand, not by this program.");
  }
}

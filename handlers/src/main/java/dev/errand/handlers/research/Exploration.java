package dev.errand.handlers.research;

import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.budget.Money;
import dev.errand.handlers.concurrent.InParallel;
import dev.errand.handlers.research.PageChoice.Chosen;
import dev.errand.handlers.research.PageChoice.FoundFor;
import dev.errand.handlers.research.Report.Cost;
import dev.errand.handlers.research.Report.Query;
import dev.errand.handlers.research.Report.Web;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/// Looks for pages on the web in rounds: search, choose, read, see which questions are still open,
/// and search for those, until all are answered or a limit is reached.
///
/// Every search, every page and every decision that depends on the clock is a step: a later attempt
/// repeats none of them. Not thread-safe.
final class Exploration {
  private static final int PAGES_AT_ONCE = 4;

  /// The part of the attempt's time that is left for the report.
  private static final Duration RESERVE = Duration.ofSeconds(45);

  private final WebSearch search;
  private final List<String> engines;
  private final Fetcher fetcher;
  private final InstantSource clock;
  private final Optional<Proposer> proposer;
  private final Limits limits;
  private final Attempt attempt;

  private final List<Query> queries = new ArrayList<>();
  private final Set<String> asked = new HashSet<>();
  private final Map<Integer, List<WebSearch.Hit>> hitsFor = new LinkedHashMap<>();
  private final List<Fetched.Page> pages = new ArrayList<>();
  private final Map<String, Chosen> chosen = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<Cost> costs = new ArrayList<>();
  private ModelPart proposals = ModelPart.NONE;
  private int fetches;

  Exploration(
      WebSearch search,
      List<String> engines,
      Fetcher fetcher,
      InstantSource clock,
      Optional<Proposer> proposer,
      Limits limits,
      Attempt attempt) {
    this.search = search;
    this.engines = engines;
    this.fetcher = fetcher;
    this.clock = clock;
    this.proposer = proposer;
    this.limits = limits;
    this.attempt = attempt;
  }

  /// How far a task may go on the web. Tokens and money are limited by the task's budget.
  ///
  /// @param breadth queries for each open question in a round
  /// @param searches in all
  /// @param fetches in all
  /// @param time after which nothing more is looked for
  record Limits(int breadth, int rounds, int searches, int fetches, Duration time) {}

  /// Says which questions the pages read so far leave open.
  @FunctionalInterface
  interface Assessment {
    /// @return numbers of questions, from 1
    List<Integer> open(List<Fetched.Page> pages) throws Exception;
  }

  // What steps keep.
  record Begun(Instant at) {}

  record Found(List<WebSearch.Hit> hits, List<String> warnings, long microDollars) {}

  record Open(List<Integer> questions) {}

  /// @param stop why no more is looked for, absent when it goes on
  record Round(List<Asking> asking, Optional<String> stop) {}

  record Asking(int question, String query) {}

  Explored explore(ResearchPlan shown, List<Question> questions, Assessment assessment)
      throws Exception {
    Begun begun = attempt.step("explore", Begun.class, () -> new Begun(clock.instant()));
    var choice = new PageChoice(begun.at());
    List<Integer> open = IntStream.rangeClosed(1, questions.size()).boxed().toList();
    int rounds = 0;
    Optional<String> stop = Optional.empty();
    while (stop.isEmpty()) {
      int number = rounds + 1;
      var proposed = proposed(number, open, questions);
      var stillOpen = open;
      Round round =
          attempt.step(
              "round:" + number,
              Round.class,
              () -> round(number, stillOpen, shown, questions, proposed, begun));
      stop = round.stop();
      if (stop.isPresent()) {
        break;
      }
      rounds = number;
      notice(proposed, round.asking());
      attempt.progress(
          20 + Math.min(30, 10 * number),
          "Searching the web, round %d: %s"
              .formatted(number, Plural.of(round.asking().size(), "query", "queries")));
      var found = searched(number, round.asking(), begun);
      fetched(number, choice.choose(found, questions, share(number)), begun);
      attempt.progress(25 + Math.min(30, 10 * number), "Reading what was found");
      open =
          attempt
              .step("assess:" + number, Open.class, () -> new Open(assessment.open(pages)))
              .questions();
    }
    attempt.info(
        "Searched the web %s and read %s; stopped because %s"
            .formatted(
                Plural.of(queries.size(), "time"), Plural.of(read(), "page"), stop.orElse("")));
    return new Explored(
        pages,
        chosen,
        Optional.of(new Web(rounds, queries, read(), stop.orElse(""))),
        proposals,
        warnings,
        costs);
  }

  private int read() {
    return (int) pages.stream().filter(page -> page.document().isPresent()).count();
  }

  /// Of the pages that may still be read, those of this round: half, unless it is the last one.
  private int share(int round) {
    int left = limits.fetches() - fetches;
    boolean last = round == limits.rounds() || queries.size() >= limits.searches();
    return last ? left : (left + 1) / 2;
  }

  /// What the model would search for; in the first round the plan decides.
  private Map<Integer, List<String>> proposed(
      int round, List<Integer> open, List<Question> questions) throws Exception {
    if (round == 1 || used(round, open).isPresent() || proposer.isEmpty()) {
      return Map.of();
    }
    var proposal =
        proposer
            .get()
            .propose("propose:" + round, open, questions, List.copyOf(queries), limits.breadth());
    costs.addAll(proposal.costs());
    if (!proposal.costs().isEmpty() && proposals == ModelPart.NONE) {
      proposals = ModelPart.UNUSED;
    }
    proposal.warning().ifPresent(warnings::add);
    return proposal.queries();
  }

  /// Whether the model proposed any of what is searched for.
  private void notice(Map<Integer, List<String>> proposed, List<Asking> asking) {
    if (asking.stream()
        .anyMatch(one -> proposed.getOrDefault(one.question(), List.of()).contains(one.query()))) {
      proposals = ModelPart.USED;
    }
  }

  private Round round(
      int number,
      List<Integer> open,
      ResearchPlan shown,
      List<Question> questions,
      Map<Integer, List<String>> proposed,
      Begun begun) {
    var stop = limit(number, open, begun);
    if (stop.isPresent()) {
      return new Round(List.of(), stop);
    }
    var wanted = new LinkedHashMap<Integer, List<String>>();
    for (int question : open) {
      wanted.put(question, wanted(number, question, shown, questions, proposed));
    }
    var asking = new ArrayList<Asking>();
    var taken = new HashSet<>(asked);
    for (int i = 0; i < limits.breadth(); i++) {
      for (var one : wanted.entrySet()) {
        if (i < one.getValue().size()
            && queries.size() + asking.size() < limits.searches()
            && taken.add(normal(one.getValue().get(i)))) {
          asking.add(new Asking(one.getKey(), one.getValue().get(i)));
        }
      }
    }
    return new Round(
        asking,
        asking.isEmpty() ? Optional.of("there was nothing more to search for") : Optional.empty());
  }

  private Optional<String> limit(int number, List<Integer> open, Begun begun) {
    return used(number, open).or(() -> late(begun));
  }

  private Optional<String> used(int number, List<Integer> open) {
    if (open.isEmpty()) {
      return Optional.of("every question is answered");
    }
    if (number > limits.rounds()) {
      return Optional.of("the rounds are over (rounds: %d)".formatted(limits.rounds()));
    }
    if (queries.size() >= limits.searches()) {
      return Optional.of("no search is left (max_searches: %d)".formatted(limits.searches()));
    }
    if (fetches >= limits.fetches()) {
      return Optional.of("no page may be read (max_fetches: %d)".formatted(limits.fetches()));
    }
    return Optional.empty();
  }

  private Optional<String> late(Begun begun) {
    if (!clock.instant().isBefore(begun.at().plus(limits.time()))) {
      return Optional.of("the time is over (max_minutes: %d)".formatted(limits.time().toMinutes()));
    }
    return attempt.timeLeft().compareTo(RESERVE) < 0
        ? Optional.of("the task's time is nearly over (timeout_seconds)")
        : Optional.empty();
  }

  private List<String> wanted(
      int round,
      int question,
      ResearchPlan shown,
      List<Question> questions,
      Map<Integer, List<String>> proposed) {
    var asks = questions.get(question - 1);
    if (round == 1) {
      return shown
          .questions()
          .get(question - 1)
          .queries()
          .orElseGet(() -> Queries.first(asks, limits.breadth()));
    }
    var all = new ArrayList<>(proposed.getOrDefault(question, List.of()));
    all.addAll(
        Queries.further(
            asks, hitsFor.getOrDefault(question, List.of()), limits.breadth() + asked.size()));
    return all.stream().filter(query -> !asked.contains(normal(query))).toList();
  }

  private static String normal(String query) {
    return Excerpts.line(query).toLowerCase(Locale.ROOT);
  }

  private List<FoundFor> searched(int round, List<Asking> asking, Begun begun) throws Exception {
    var found = new ArrayList<FoundFor>();
    for (int i = 0; i < asking.size(); i++) {
      var one = asking.get(i);
      var label = "search:%d.%d".formatted(round, i + 1);
      Found answer = attempt.step(label, Found.class, () -> search(one.query(), label, begun));
      asked.add(normal(one.query()));
      queries.add(new Query(round, one.question(), one.query(), answer.hits().size()));
      answer.warnings().forEach(this::warn);
      hitsFor.computeIfAbsent(one.question(), _ -> new ArrayList<>()).addAll(answer.hits());
      found.add(new FoundFor(one.question(), one.query(), answer.hits()));
      if (answer.microDollars() > 0) {
        costs.add(new Cost(label, 0, Optional.of(new Money(answer.microDollars()).dollars())));
      }
    }
    return found;
  }

  private Found search(String query, String label, Begun begun) throws InterruptedException {
    var late = late(begun);
    if (late.isPresent()) {
      return failed("“%s” was not searched for: %s".formatted(query, late.get()));
    }
    try {
      var answer = search.search(query, engines, attempt, label);
      attempt.info("%s for “%s”".formatted(Plural.of(answer.hits().size(), "hit"), query));
      return new Found(answer.hits(), answer.warnings(), answer.cost().micros());
    } catch (TaskFailure failure) {
      return failed("“%s” could not be searched for: %s".formatted(query, failure.getMessage()));
    }
  }

  private static Found failed(String why) {
    return new Found(List.of(), List.of(why), 0);
  }

  private void warn(String warning) {
    if (!warnings.contains(warning)) {
      warnings.add(warning);
      attempt.warn(warning);
    }
  }

  private void fetched(int round, List<Chosen> wanted, Begun begun) throws Exception {
    fetches += wanted.size();
    var fetching = new ArrayList<Callable<Fetched.Page>>();
    for (int i = 0; i < wanted.size(); i++) {
      var one = wanted.get(i);
      var label = "fetch:%d.%d".formatted(round, i + 1);
      fetching.add(() -> attempt.step(label, Fetched.Page.class, () -> fetch(one.url(), begun)));
    }
    var read = InParallel.call(fetching, PAGES_AT_ONCE);
    for (int i = 0; i < read.size(); i++) {
      pages.add(read.get(i));
      chosen.putIfAbsent(read.get(i).location(), wanted.get(i));
    }
  }

  private Fetched.Page fetch(String url, Begun begun) throws InterruptedException {
    var late = late(begun);
    return late.isPresent() ? Fetched.Page.notRead(url, late.get()) : fetcher.page(url);
  }
}

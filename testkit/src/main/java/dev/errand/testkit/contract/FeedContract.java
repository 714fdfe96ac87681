package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.event.Feed;
import dev.errand.engine.event.Feed.OwnEvent;
import dev.errand.engine.event.Feed.Place;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.webhook.Carrier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What those must get who follow all tasks of an owner.
public abstract class FeedContract extends StoreContract {
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void every_event_of_ones_own_tasks_is_told_and_no_other() {
    Place start = store().feed().end();
    Lease lease = running("echo");
    store().leases().append(lease, List.of(progress(10), progress(20)));
    end(lease, new Outcome.Retrying(BROKEN, Duration.ZERO));
    end(claimed(worker("echo"), lease.task()), new Outcome.Failed(BROKEN));
    store().tasks().retry(lease.task());
    TaskId waiting = submitted(TaskDraft.of("echo").after(Duration.ofHours(1)));
    submitted(TaskDraft.of("echo").owner("bob"));
    submitted(TaskDraft.of(Carrier.TYPE));
    settle();

    List<OwnEvent> told = all(aged(start));

    assertThat(told)
        .filteredOn(own -> own.place().task().equals(lease.task()))
        .extracting(OwnEvent::event)
        .isEqualTo(events(lease.task()));
    assertThat(told)
        .filteredOn(own -> own.place().task().equals(waiting))
        .extracting(OwnEvent::event)
        .isEqualTo(events(waiting));
    assertThat(told).extracting(own -> own.place().task()).containsOnly(lease.task(), waiting);
  }

  @Test
  void whoever_goes_on_from_any_place_gets_the_rest_in_the_same_order() {
    for (int i = 0; i < 3; i++) {
      Lease lease = running("echo");
      store().leases().append(lease, List.of(progress(1), progress(2)));
      end(lease, new Outcome.Completed("{}"));
    }
    settle();
    Place start = Place.before(store().feed().end().at().minus(Duration.ofHours(1)));
    List<OwnEvent> whole = all(start);

    assertThat(whole).hasSize(15).isSortedAccordingTo(Comparator.comparing(OwnEvent::place));
    for (int from = 0; from < whole.size(); from++) {
      Place place = whole.get(from).place();
      assertThat(Place.parse(place.toString())).contains(place);
      assertThat(all(place)).isEqualTo(whole.subList(from + 1, whole.size()));
      assertThat(store().feed().read("ada", place, 2))
          .isEqualTo(whole.subList(from + 1, Math.min(from + 3, whole.size())));
    }
  }

  @Test
  void what_is_no_place_is_none() {
    assertThat(
            Stream.of("", "1", "x-y-z", "1-2-3", "-1-" + TaskId.next() + "-1")
                .flatMap(text -> Place.parse(text).stream()))
        .isEmpty();
  }

  /// Lets everything that happened be told.
  private void settle() {
    store().timePasses(LONG);
  }

  /// A place of before time passed: a store may have moved everything into the past instead.
  private Place aged(Place place) {
    return Place.before(place.at().minus(LONG).minus(store().precision()));
  }

  private List<OwnEvent> all(Place after) {
    Feed feed = store().feed();
    List<OwnEvent> told = new ArrayList<>();
    Place last = after;
    List<OwnEvent> page;
    do {
      page = feed.read("ada", last, 4);
      told.addAll(page);
      last = page.isEmpty() ? last : page.getLast().place();
    } while (!page.isEmpty());
    return told;
  }
}

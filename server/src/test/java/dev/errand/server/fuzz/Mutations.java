package dev.errand.server.fuzz;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Ways to spoil a request. The same random numbers spoil the same request in the same way.
public final class Mutations {
  private static final List<Mutation> EVERYWHERE =
      Stream.of(AddressMutations.ALL, HeaderMutations.ALL).flatMap(List::stream).toList();
  private static final List<Mutation> IN_BODIES =
      Stream.of(ValueMutations.ALL, TextMutations.ALL).flatMap(List::stream).toList();

  private Mutations() {}

  interface Spoiling {
    void spoil(Draft draft, Random random);
  }

  record Mutation(String name, Spoiling spoiling) {
    void apply(Draft draft, Random random) {
      draft.note(name);
      spoiling.spoil(draft, random);
    }
  }

  static Mutation mutation(String name, Spoiling spoiling) {
    return new Mutation(name, spoiling);
  }

  /// Spoils most requests once, some twice or three times, and leaves one in ten as it is.
  public static void spoil(Draft draft, Random random) {
    int times = List.of(0, 1, 1, 1, 1, 1, 1, 1, 2, 3).get(random.nextInt(10));
    for (int i = 0; i < times; i++) {
      boolean inBody = draft.body != null && random.nextInt(4) > 0;
      one(inBody ? IN_BODIES : EVERYWHERE, random).apply(draft, random);
    }
  }

  static <T> T one(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}

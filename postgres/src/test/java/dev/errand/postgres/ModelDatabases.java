package dev.errand.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.testkit.model.ModelledStore;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/// Databases for runs of the model test, as many as there are runs at a time. Thread-safe.
final class ModelDatabases implements AutoCloseable {
  private final TestDatabase server;
  private final Queue<ModelDatabase> free = new ConcurrentLinkedQueue<>();

  ModelDatabases(TestDatabase server) {
    this.server = server;
  }

  ModelledStore emptyStore() {
    ModelDatabase own = own();
    return PostgresModelled.over(own, UnaryOperator.identity(), () -> free.add(own));
  }

  ModelledStore emptyStore(PlantedSqlBug bug) {
    ModelDatabase own = own();
    if (!bug.inFunction()) {
      return PostgresModelled.over(own, bug.planted(), () -> free.add(own));
    }
    String right = own.claiming();
    String wrong = bug.plantedIn(right);
    assertThat(wrong).isNotEqualTo(right);
    own.claimBy(wrong);
    return PostgresModelled.over(
        own,
        UnaryOperator.identity(),
        () -> {
          own.claimBy(right);
          free.add(own);
        });
  }

  private ModelDatabase own() {
    ModelDatabase known = free.poll();
    return known == null ? ModelDatabase.beside(server) : known;
  }

  @Override
  public void close() {
    free.forEach(ModelDatabase::close);
    free.clear();
  }
}

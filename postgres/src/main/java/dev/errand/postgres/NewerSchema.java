package dev.errand.postgres;

/// The database has been migrated by a newer version, whose schema this one does not know.
public final class NewerSchema extends RuntimeException {
  NewerSchema(String version, String newest) {
    super(
        "The database has schema %s, made by a newer version of Errand; this one knows schemas up to %s. Start the newer version, or take the database back with its `errand db rollback`."
            .formatted(version, newest));
  }
}

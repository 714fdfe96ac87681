package dev.errand.postgres;

import java.util.List;
import javax.sql.DataSource;

/// All that PostgreSQL knows of the schema in use, a line for each thing, without the migration
/// tool's own table.
///
/// The order of columns is left out: a column that came back stands last, and nothing depends on
/// that.
final class SchemaDump {
  private static final String LINES =
      """
      WITH ours AS (
        SELECT oid, relname, relkind, reloptions, relispartition, relpersistence,
               pg_get_expr(relpartbound, oid) AS bound, pg_get_partkeydef(oid) AS partition_key
          FROM pg_class
         WHERE relnamespace = current_schema()::regnamespace
           AND relname NOT LIKE 'flyway_schema_history%')
      SELECT concat_ws(' ', 'relation', relname, relkind, relpersistence, reloptions, bound,
                       partition_key)
        FROM ours
      UNION ALL
      SELECT concat_ws(' ', 'column', relname, attname, format_type(atttypid, atttypmod),
                       CASE WHEN attnotnull THEN 'not null' END, attidentity, attgenerated,
                       attstorage, pg_get_expr(adbin, adrelid))
        FROM ours JOIN pg_attribute ON attrelid = ours.oid AND attnum > 0 AND NOT attisdropped
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
       WHERE relkind IN ('r', 'p', 'v', 'm')
      UNION ALL
      SELECT concat_ws(' ', 'constraint', relname, conname, pg_get_constraintdef(pg_constraint.oid))
        FROM ours JOIN pg_constraint ON conrelid = ours.oid
      UNION ALL
      SELECT 'index ' || pg_get_indexdef(oid) FROM ours WHERE relkind IN ('i', 'I')
      UNION ALL
      SELECT concat_ws(' ', 'trigger', relname, pg_get_triggerdef(pg_trigger.oid))
        FROM ours JOIN pg_trigger ON tgrelid = ours.oid AND NOT tgisinternal
      UNION ALL
      SELECT concat_ws(' ', 'view', relname, pg_get_viewdef(oid)) FROM ours WHERE relkind IN ('v', 'm')
      UNION ALL
      SELECT 'function ' || pg_get_functiondef(oid)
        FROM pg_proc WHERE pronamespace = current_schema()::regnamespace AND prokind IN ('f', 'p')
      UNION ALL
      SELECT concat_ws(' ', 'type', typname, typtype, enumlabel)
        FROM pg_type LEFT JOIN pg_enum ON enumtypid = pg_type.oid
       WHERE typnamespace = current_schema()::regnamespace AND typtype IN ('e', 'd')
      UNION ALL
      SELECT concat_ws(' ', 'sequence', sequencename, data_type, start_value, increment_by, cycle)
        FROM pg_sequences WHERE schemaname = current_schema()
      UNION ALL
      SELECT 'extension ' || extname FROM pg_extension
       ORDER BY 1
      """;

  private SchemaDump() {}

  static List<String> of(DataSource connections) {
    return new Database(connections).query(LINES, row -> row.getString(1));
  }
}

package dev.errand.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.json.JsonMapper;

/// A log line as one flat JSON object: when, how bad, what happened, and then everything the line
/// and its request know by name, such as `event`, `task_id`, `attempt` and `trace_id`.
final class JsonLogLine extends LayoutBase<ILoggingEvent> {
  private final JsonMapper json = JsonMapper.shared();

  @Override
  public String doLayout(ILoggingEvent line) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("at", line.getInstant().toString());
    fields.put("level", line.getLevel().toString().toLowerCase(Locale.ROOT));
    fields.put("message", String.valueOf(line.getFormattedMessage()));
    fields.putAll(line.getMDCPropertyMap());
    for (KeyValuePair pair : Objects.requireNonNullElse(line.getKeyValuePairs(), NONE)) {
      fields.put(pair.key, plain(pair.value));
    }
    fields.put("logger", line.getLoggerName());
    IThrowableProxy thrown = line.getThrowableProxy();
    if (thrown != null) {
      fields.put("stack_trace", ThrowableProxyUtil.asString(thrown));
    }
    return json.writeValueAsString(fields) + "\n";
  }

  private static final List<KeyValuePair> NONE = List.of();

  private static Object plain(Object value) {
    return value instanceof Number || value instanceof Boolean ? value : String.valueOf(value);
  }
}

package dev.errand.client;

/// What a server says in these tests.
final class Said {
  static final String ID = "01980c6e-5b1f-7d6a-9f1e-2b6f3c1d4e5f";

  private Said() {}

  static String task(String status) {
    return """
    {"id":"%s","type":"echo","status":"%s","params":{"msg":"hi"},"progress":40,
     "current_step":"plan","steps":[{"name":"read","finished_at":"2026-01-01T00:00:02Z"}],
     "attempt":2,"max_retries":3,"created_at":"2026-01-01T00:00:00Z","result":null,
     "error":null,"from_the_future":[1,2.5,true,null]}\
    """
        .formatted(ID, status);
  }

  static String event(long number, String type, String data) {
    return "id: %d\nevent: %s\ndata: %s\n\n".formatted(number, type, data);
  }
}

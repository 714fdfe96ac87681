package dev.errand.server.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import io.modelcontextprotocol.spec.McpSchema.SetLevelRequest;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The protocol's messages as JSON. What is wrong with one is told as JSON-RPC does, in words for
/// whoever sent it: the SDK would show the exception, with its stack trace. Thread-safe.
final class Wire implements McpJsonMapper {
  private static final Logger log = LoggerFactory.getLogger(Wire.class);
  private static final String MISFIT = "its fields are not those that the protocol knows";

  /// After this the SDK repeats the message, as Java prints it.
  private static final String OF_NO_KIND = "Cannot deserialize JSONRPCMessage";

  private static final String OUR_FAULT =
      "Something went wrong on our side; the server's log says more.";

  private final JsonMapper json;
  private final McpJsonMapper plain;

  Wire(JsonMapper json) {
    // The protocol's names are camelCase; what our tools answer was made JSON before.
    this.json =
        json.rebuild().propertyNamingStrategy(PropertyNamingStrategies.LOWER_CAMEL_CASE).build();
    this.plain = new JacksonMcpJsonMapper(this.json);
  }

  @Override
  public String writeValueAsString(Object message) throws IOException {
    return plain.writeValueAsString(presentable(message));
  }

  @Override
  public byte[] writeValueAsBytes(Object message) throws IOException {
    return plain.writeValueAsBytes(presentable(message));
  }

  private Object presentable(Object message) {
    return switch (message) {
      case McpError refusal -> refused(refusal.getJsonRpcError());
      case JSONRPCResponse answer when answer.error() != null ->
          JSONRPCResponse.error(answer.id(), inOurWords(answer.error()));
      default -> message;
    };
  }

  /// The answer to a message that was not so much as looked at.
  private ObjectNode refused(JSONRPCError error) {
    JSONRPCError told =
        String.valueOf(error.message()).contains(OF_NO_KIND)
            ? new JSONRPCError(error.code(), "Invalid message format: it neither asks nor answers")
            : inOurWords(error);
    // The SDK says "method not found" where a header is missing.
    int code =
        told.code() == ErrorCodes.METHOD_NOT_FOUND ? ErrorCodes.INVALID_REQUEST : told.code();
    ObjectNode answer = json.createObjectNode().put("jsonrpc", "2.0").putNull("id");
    answer.putObject("error").put("code", code).put("message", told.message());
    return answer;
  }

  private static JSONRPCError inOurWords(JSONRPCError error) {
    return switch (error.code()) {
      case ErrorCodes.INTERNAL_ERROR -> internal(String.valueOf(error.message()));
      // The SDK's message is the same for each; it keeps the name beside it.
      case ErrorCodes.INVALID_PARAMS ->
          new JSONRPCError(
              error.code(), error.data() instanceof String named ? named : error.message());
      default -> new JSONRPCError(error.code(), error.message());
    };
  }

  private static JSONRPCError internal(String message) {
    if (message.startsWith("Session not found")) {
      return new JSONRPCError(
          ErrorCodes.INVALID_REQUEST,
          "There is no such session here any more; initialize a new one.");
    }
    log.atError()
        .addKeyValue("event", "request_failed")
        .addKeyValue("reason", message)
        .log("A message could not be answered");
    return new JSONRPCError(ErrorCodes.INTERNAL_ERROR, OUR_FAULT);
  }

  @Override
  public <T> T readValue(String text, Class<T> type) throws IOException {
    return readable(() -> plain.readValue(text, type));
  }

  @Override
  public <T> T readValue(byte[] text, Class<T> type) throws IOException {
    return readable(() -> plain.readValue(text, type));
  }

  @Override
  public <T> T readValue(String text, TypeRef<T> type) throws IOException {
    return readable(() -> plain.readValue(text, type));
  }

  @Override
  public <T> T readValue(byte[] text, TypeRef<T> type) throws IOException {
    return readable(() -> plain.readValue(text, type));
  }

  /// Reads a whole message, which is an object.
  private interface Reading<T> {
    @Nullable T read() throws IOException;
  }

  private static <T> T readable(Reading<T> reading) throws IOException {
    @Nullable T read;
    try {
      read = reading.read();
    } catch (IOException _) {
      read = null;
    }
    if (read == null) {
      throw new IOException("it is no JSON object");
    }
    return read;
  }

  @Override
  public <T> T convertValue(Object from, Class<T> type) {
    if (type == JSONRPCResponse.class) {
      throw new IllegalArgumentException("this server has asked nothing that it could answer");
    }
    T message = converted(() -> plain.convertValue(from, type));
    if (message instanceof JSONRPCRequest request) {
      checkParams(request);
    }
    return message;
  }

  /// Looks at what is asked before anybody is at work on it: an exception that comes later leaves
  /// the SDK with two ends of one answer.
  private void checkParams(JSONRPCRequest request) {
    Class<?> params =
        switch (request.method()) {
          case McpSchema.METHOD_INITIALIZE -> InitializeRequest.class;
          case McpSchema.METHOD_TOOLS_CALL -> CallToolRequest.class;
          case McpSchema.METHOD_LOGGING_SET_LEVEL -> SetLevelRequest.class;
          default -> Object.class;
        };
    if (request.params() == null && params != Object.class) {
      throw new IllegalArgumentException("its params are missing");
    }
    converted(() -> plain.convertValue(request.params(), params));
  }

  private static <T> T converted(Supplier<T> conversion) {
    try {
      return conversion.get();
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException(MISFIT);
    }
  }

  @Override
  public <T> T convertValue(Object from, TypeRef<T> type) {
    return converted(() -> plain.convertValue(from, type));
  }
}

package dev.errand.server.problem;

import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.StoreUnavailable;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.NoHandlerFoundException;

/// The one place where what was thrown on the way to an answer becomes a problem.
public final class ProblemResolver implements HandlerExceptionResolver {
  private static final Logger log = LoggerFactory.getLogger(ProblemResolver.class);
  private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(2);

  private final ProblemWriter writer;

  public ProblemResolver(ProblemWriter writer) {
    this.writer = writer;
  }

  @Override
  public ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception thrown) {
    if (thrown instanceof ClientAbortException
        || thrown instanceof AsyncRequestNotUsableException) {
      log.debug("Who asked has gone", thrown);
      return new ModelAndView();
    }
    try {
      writer.write(refusal(thrown, request), request, response);
    } catch (IOException e) {
      log.debug("Nobody waits for the answer any more", e);
    }
    return new ModelAndView();
  }

  private static Refusal refusal(Exception thrown, HttpServletRequest request) {
    return switch (thrown) {
      case Problem.Refused refused -> Refusal.of(refused.problem());
      case Refusal.Refused refused -> refused.refusal();
      case InvalidParams invalid -> Refusal.of(new Problem.InvalidTask(invalid.violations()));
      case StoreUnavailable _ -> Refusal.of(new Problem.Unavailable(TRY_AGAIN_AFTER));
      case BadRequestException _ -> badRequest("The request was not sent as HTTP demands.");
      case InvalidParameterException _ ->
          badRequest("The query is not encoded as it must be: UTF-8, each special byte as %XX.");
      case NoHandlerFoundException _ -> Refusal.of(new Problem.NotFound("page"));
      case HttpRequestMethodNotSupportedException wrong -> methodNotAllowed(wrong);
      case HttpMediaTypeNotSupportedException wrong -> unsupported(wrong);
      case HttpMediaTypeNotAcceptableException wrong ->
          Refusal.of(
              HttpStatus.NOT_ACCEPTABLE,
              "not_acceptable",
              "Available are: %s.".formatted(listed(wrong.getSupportedMediaTypes())));
      case MissingServletRequestParameterException missing ->
          badRequest("Parameter %s is missing.".formatted(missing.getParameterName()));
      case MethodArgumentTypeMismatchException wrong ->
          badRequest("Parameter %s has a value of the wrong kind.".formatted(wrong.getName()));
      default -> unexpected(thrown, request);
    };
  }

  private static Refusal methodNotAllowed(HttpRequestMethodNotSupportedException wrong) {
    String[] supported = wrong.getSupportedMethods();
    String allowed = supported == null ? "" : String.join(", ", supported);
    return Refusal.of(
            HttpStatus.METHOD_NOT_ALLOWED,
            "method_not_allowed",
            "%s is not possible here; possible: %s.".formatted(wrong.getMethod(), allowed))
        .with("Allow", allowed);
  }

  private static Refusal unsupported(HttpMediaTypeNotSupportedException wrong) {
    return Refusal.of(
        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
        "unsupported_media_type",
        "Send one of: %s.".formatted(listed(wrong.getSupportedMediaTypes())));
  }

  private static Refusal badRequest(String detail) {
    return Refusal.of(new Problem.BadRequest(detail));
  }

  private static Refusal unexpected(Exception thrown, HttpServletRequest request) {
    log.atError()
        .addKeyValue("event", "request_failed")
        .addKeyValue("method", request.getMethod())
        .addKeyValue("path", request.getRequestURI())
        .setCause(thrown)
        .log("A request failed unexpectedly");
    return Refusal.of(
        HttpStatus.INTERNAL_SERVER_ERROR,
        "internal_error",
        "Something went wrong on our side; the server's log says more under this request's id.");
  }

  private static String listed(List<MediaType> types) {
    return types.stream().map(MediaType::toString).collect(Collectors.joining(", "));
  }
}

package dev.errand.server.artifact;

import dev.errand.engine.access.Caller;
import dev.errand.engine.artifact.Artifact;
import dev.errand.engine.artifact.Artifacts;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.TaskId;
import dev.errand.server.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// `GET /artifacts/{id}`: the bytes, whole or in part, and what is known of them.
@RestController
public final class ArtifactsDoor {
  private final Artifacts artifacts;

  public ArtifactsDoor(Artifacts artifacts) {
    this.artifacts = artifacts;
  }

  @GetMapping("/artifacts/{id}/meta")
  ArtifactJson meta(Caller caller, @PathVariable("id") String id) {
    return ArtifactJson.of(find(caller, id));
  }

  @GetMapping("/artifacts/{id}")
  void bytes(
      Caller caller,
      @PathVariable("id") String id,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Artifact artifact = find(caller, id);
    String etag = "\"" + artifact.sha256() + "\"";
    describe(artifact, etag, response);
    if (matches(request.getHeader("If-None-Match"), etag)) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    switch (range(request, etag, artifact.size())) {
      case ByteRange.Whole() -> send(artifact, 0, artifact.size(), response);
      case ByteRange.Part(var offset, var length) -> {
        response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
        response.setHeader(
            "Content-Range",
            "bytes %d-%d/%d".formatted(offset, offset + length - 1, artifact.size()));
        send(artifact, offset, length, response);
      }
      case ByteRange.Unsatisfiable() ->
          throw Refusal.of(
                  HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
                  "range_not_satisfiable",
                  "The artifact has %d bytes.".formatted(artifact.size()))
              .with("Content-Range", "bytes */" + artifact.size())
              .refused();
    }
  }

  private Artifact find(Caller caller, String id) {
    // An artifact's id has the form of a task's.
    return TaskId.parse(id)
        .map(parsed -> artifacts.find(caller, parsed.value()))
        .orElseThrow(() -> new Problem.NotFound("artifact").refused());
  }

  private static void describe(Artifact artifact, String etag, HttpServletResponse response) {
    Presentation presentation = Presentation.of(artifact);
    response.setContentType(presentation.contentType().toString());
    response.setHeader("Content-Disposition", presentation.disposition(artifact.name()));
    response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
    response.setHeader("ETag", etag);
    response.setHeader("Accept-Ranges", "bytes");
    // May be kept, but is somebody's own and may be replaced by a later attempt.
    response.setHeader("Cache-Control", "private, no-cache");
  }

  private static ByteRange range(HttpServletRequest request, String etag, long size) {
    String unlessChanged = request.getHeader("If-Range");
    return unlessChanged == null || unlessChanged.equals(etag)
        ? ByteRange.of(request.getHeader("Range"), size)
        : new ByteRange.Whole();
  }

  private static boolean matches(@Nullable String header, String etag) {
    return header != null
        && Arrays.stream(header.split(","))
            .map(String::strip)
            .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
            .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
  }

  private void send(Artifact artifact, long offset, long length, HttpServletResponse response)
      throws IOException {
    response.setContentLengthLong(length);
    try (InputStream bytes = artifacts.open(artifact, offset, length)) {
      bytes.transferTo(response.getOutputStream());
    }
  }
}

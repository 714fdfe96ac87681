package dev.errand.engine.artifact;

import dev.errand.engine.task.TaskId;
import java.time.Instant;
import java.util.UUID;

/// What is known of an artifact without its bytes.
///
/// @param name what a person would call the file, such as `report.md`
/// @param type what it is for, such as `fetch_text`
/// @param contentType a media type, such as `text/plain; charset=utf-8`
/// @param sha256 of the bytes, lower-case hex; also the key under which they are kept
public record Artifact(
    UUID id,
    TaskId task,
    String owner,
    String name,
    String type,
    String contentType,
    long size,
    String sha256,
    Instant createdAt) {}

package dev.errand.server.compat.blog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How a blog job stands.
///
/// @param status one of `pending queued processing completed failed`
/// @param progressPercentage 0 to 100
/// @param currentStage such as `draft_generation`, absent before the first and after the last
/// @param estimatedTimeRemaining seconds, absent when nobody can tell
public record BlogJobJson(
    String jobId,
    String status,
    double progressPercentage,
    @Nullable String currentStage,
    @Nullable JsonNode result,
    @Nullable String errorMessage,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant completedAt,
    @Nullable Long estimatedTimeRemaining) {}

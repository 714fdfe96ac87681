package dev.errand.handlers.corpus;

/// How a refresh of a folder's index went.
///
/// @param documents in the index now
/// @param read files read, because they are new or changed
/// @param removed documents that are gone from the folder
/// @param unreadable files in which nothing could be read, in this refresh or an earlier one
public record Refreshed(int documents, int read, int removed, int unreadable) {}

package dev.errand.handlers.corpus;

/// A passage that a search found.
///
/// @param location of its document
/// @param start offset of its first character in the document's text
/// @param end offset after its last character
/// @param score BM25's, higher is better; comparable within one search only
public record PassageHit(String location, int start, int end, double score) {}

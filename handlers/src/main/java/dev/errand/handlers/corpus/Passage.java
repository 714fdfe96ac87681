package dev.errand.handlers.corpus;

/// A stretch of a document's text, of about 90 to 150 words, under one heading.
///
/// @param firstBlock index of the block it begins in, for its headings
/// @param start offset of its first character in the document's text
/// @param end offset after its last character
record Passage(int firstBlock, int start, int end) {}

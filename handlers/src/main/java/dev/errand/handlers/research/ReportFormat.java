package dev.errand.handlers.research;

/// A form in which a report is stored.
public enum ReportFormat {
  MARKDOWN,
  JSON,
  HTML,
  PDF
}

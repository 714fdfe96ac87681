package dev.errand.handlers.generate;

import java.util.List;

/// What a blog post will say, and in which order.
record BlogOutline(String title, String metaDescription, List<Section> sections) {
  BlogOutline {
    sections = List.copyOf(sections);
  }

  record Section(String heading, List<String> points) {
    Section {
      points = List.copyOf(points);
    }
  }
}

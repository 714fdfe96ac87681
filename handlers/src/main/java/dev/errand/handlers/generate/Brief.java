package dev.errand.handlers.generate;

import dev.errand.handlers.model.AnswerSchema;

/// A kind of work that is made from a brief with any fields.
enum Brief {
  MEDIA_PLAN(
      "media_plan",
      "objective",
      "Analyzing keywords",
      "a media plan: groups of posts for channels that reach the objective",
      "media_plan_group_id"),
  BRAND_KIT(
      "brand_kit",
      "",
      "Analyzing brand",
      "a brand kit: values, voice, colours, type and messages that belong together",
      "brand_kit_id"),
  PERSONAS(
      "personas",
      "",
      "Analyzing audience",
      "personas: distinct, believable people whom the brand wants to reach",
      "personas_id");

  static final String GENERATION = "Generating content";

  private final String type;
  private final String required;
  private final String analysis;
  private final String task;
  private final String idField;

  Brief(String type, String required, String analysis, String task, String idField) {
    this.type = type;
    this.required = required;
    this.analysis = analysis;
    this.task = task;
    this.idField = idField;
  }

  String type() {
    return type;
  }

  String required() {
    return required;
  }

  String analysis() {
    return analysis;
  }

  String task() {
    return task;
  }

  String idField() {
    return idField;
  }

  AnswerSchema shape() {
    return AnswerSchema.beside(Brief.class, type);
  }
}

package dev.errand.handlers.basic;

import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.Handler;
import tools.jackson.databind.node.ObjectNode;

/// Returns its params as its result: task type `echo`. Takes any JSON object.
public final class EchoHandler implements Handler<ObjectNode> {

  @Override
  public String type() {
    return "echo";
  }

  @Override
  public Class<ObjectNode> paramsType() {
    return ObjectNode.class;
  }

  @Override
  public ObjectNode handle(ObjectNode params, Attempt attempt) {
    return params;
  }
}

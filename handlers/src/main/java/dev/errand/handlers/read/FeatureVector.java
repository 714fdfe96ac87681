package dev.errand.handlers.read;

import java.util.Arrays;

/// The features of one thing as numbers, in an order that is always the same. Not thread-safe.
final class FeatureVector {
  private float[] values;
  private int size;

  /// @param expected how many numbers there will be; saves copying when it is right
  FeatureVector(int expected) {
    values = new float[expected];
  }

  FeatureVector put(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = (float) value;
    return this;
  }

  FeatureVector put(boolean holds) {
    return put(holds ? 1 : 0);
  }

  /// Each of the lowest `count` bits by itself.
  FeatureVector bits(long set, int count) {
    for (int i = 0; i < count; i++) {
      put((set >> i & 1) == 1);
    }
    return this;
  }

  FeatureVector all(float[] more) {
    for (float value : more) {
      put(value);
    }
    return this;
  }

  float[] values() {
    return size == values.length ? values : Arrays.copyOf(values, size);
  }
}

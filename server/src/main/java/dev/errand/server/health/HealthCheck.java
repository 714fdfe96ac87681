package dev.errand.server.health;

import java.util.function.BooleanSupplier;

/// Something that must work for this server to be of use.
///
/// @param name such as "database"
/// @param works asked on every look; quick, and false rather than an exception
public record HealthCheck(String name, BooleanSupplier works) {}

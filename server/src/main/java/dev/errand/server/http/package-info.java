/// The HTTP server itself: Tomcat, Spring MVC and what guards them.
@NullMarked
package dev.errand.server.http;

import org.jspecify.annotations.NullMarked;

package dev.errand.server.http;

import dev.errand.server.config.HttpSettings;
import dev.errand.server.problem.ProblemValve;
import dev.errand.server.problem.ProblemWriter;
import java.time.Duration;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.apache.tomcat.websocket.server.WsSci;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Shutdown;

/// Tomcat with a virtual thread for every request.
public final class Tomcat {
  private static final Duration IDLE = Duration.ofSeconds(60);

  /// So much of a refused body is read and thrown away, so that its sender gets to see the answer
  /// instead of a broken connection.
  private static final int MAX_SWALLOWED = 128 * 1024 * 1024;

  /// Most of them follow something, which costs little.
  public static final int MAX_CONNECTIONS = 16_384;

  /// Followers come all at once after a restart.
  private static final int MAX_WAITING = 1_024;

  /// Every connection has two of these for as long as it lasts; what is larger goes past them.
  private static final String SOCKET_BUFFER = "2048";

  private static final int MAX_HEADERS = 16 * 1024;
  private static final int ANY_NUMBER = -1;

  private Tomcat() {}

  /// @param proxies networks (CIDR) whose word counts for whom they call, and by which scheme
  public static TomcatServletWebServerFactory factory(
      HttpSettings settings, List<String> proxies, ProblemWriter problems) {
    TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(settings.port());
    factory.setAddress(settings.address());
    factory.setShutdown(Shutdown.GRACEFUL);
    factory.setRegisterDefaultServlet(false);
    factory.addConnectorCustomizers(Tomcat::configure);
    factory.addContextCustomizers(
        context -> report(context, problems),
        context -> context.addServletContainerInitializer(new WsSci(), null));
    if (!proxies.isEmpty()) {
      factory.addEngineValves(believing(proxies));
    }
    return factory;
  }

  /// Reads `X-Forwarded-For` and `X-Forwarded-Proto` of these proxies, and of nobody else.
  private static RemoteIpValve believing(List<String> proxies) {
    RemoteIpValve valve = new RemoteIpValve();
    valve.setInternalProxies(String.join(",", proxies));
    valve.setProtocolHeader("X-Forwarded-Proto");
    return valve;
  }

  private static void configure(Connector connector) {
    connector.setXpoweredBy(false);
    if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
      http.setMaxConnections(MAX_CONNECTIONS);
      http.setAcceptCount(MAX_WAITING);
      http.setProperty("socket.appReadBufSize", SOCKET_BUFFER);
      http.setProperty("socket.appWriteBufSize", SOCKET_BUFFER);
      http.setExecutor(new VirtualThreadExecutor("http-"));
      http.setMaxHttpRequestHeaderSize(MAX_HEADERS);
      http.setMaxSwallowSize(MAX_SWALLOWED);
      http.setConnectionTimeout((int) IDLE.toMillis());
      http.setKeepAliveTimeout((int) IDLE.toMillis());
      // Tomcat would close a connection after a hundred.
      http.setMaxKeepAliveRequests(ANY_NUMBER);
      // A body whose headers are refused is not asked for.
      http.setContinueResponseTiming("onRead");
    }
  }

  private static void report(Context context, ProblemWriter problems) {
    StandardHost host = (StandardHost) context.getParent();
    host.setErrorReportValveClass(ProblemValve.class.getName());
    host.getPipeline().addValve(new ProblemValve(problems));
  }
}

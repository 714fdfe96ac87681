package dev.errand.handlers.fetch;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/// An HTTP client that does nothing by itself: no redirects, retries, cookies, credentials, proxies
/// or decompression.
final class PlainHttp {
  private static final int MAX_HEADERS = 200;
  private static final int MAX_HEADER_LINE = 16_384;
  private static final int MAX_CONNECTIONS = 100;

  private PlainHttp() {}

  static CloseableHttpClient client(FetchRules rules, DnsResolver dns, int connectionsPerSite) {
    return HttpClients.custom()
        .setConnectionManager(connections(rules, dns, connectionsPerSite))
        .setDefaultRequestConfig(requests(rules))
        .setRoutePlanner(new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE))
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .disableConnectionState()
        .evictExpiredConnections()
        .evictIdleConnections(TimeValue.ofSeconds(30))
        .build();
  }

  private static RequestConfig requests(FetchRules rules) {
    return RequestConfig.custom()
        .setConnectionRequestTimeout(Timeout.of(rules.answerFor()))
        .setResponseTimeout(Timeout.of(rules.silentFor()))
        .setRedirectsEnabled(false)
        .setAuthenticationEnabled(false)
        .setProtocolUpgradeEnabled(false)
        .build();
  }

  private static PoolingHttpClientConnectionManager connections(
      FetchRules rules, DnsResolver dns, int connectionsPerSite) {
    Http1Config bounds =
        Http1Config.custom()
            .setMaxHeaderCount(MAX_HEADERS)
            .setMaxLineLength(MAX_HEADER_LINE)
            .build();
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setDnsResolver(dns)
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder().http1Config(bounds).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(rules.connectFor()))
                .setSocketTimeout(Timeout.of(rules.silentFor()))
                .build())
        .setDefaultTlsConfig(
            TlsConfig.custom().setHandshakeTimeout(Timeout.of(rules.connectFor())).build())
        .setMaxConnTotal(MAX_CONNECTIONS)
        .setMaxConnPerRoute(connectionsPerSite)
        .build();
  }
}

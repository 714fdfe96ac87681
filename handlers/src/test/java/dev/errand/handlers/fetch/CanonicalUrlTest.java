package dev.errand.handlers.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalUrlTest {

  @ParameterizedTest
  @CsvSource({
    "HTTP://Example.COM, http://example.com/",
    "http://example.com:80/, http://example.com/",
    "https://example.com:443/a, https://example.com/a",
    "http://example.com:8080/a, http://example.com:8080/a",
    "http://example.com./a#b, http://example.com/a",
    "http://m\u00fcnchen.de/stra\u00dfe, http://xn--mnchen-3ya.de/stra%C3%9Fe",
    "http://a/b/../c/./d, http://a/c/d",
    "http://a/../../b, http://a/b",
    "http://a/b/.., http://a/",
    "http://a/b/c/.., http://a/b/",
    "http://a/b//c, http://a/b//c",
    "http://a/b/, http://a/b/",
    "http://a/b, http://a/b",
    "http://a/%7euser/%2f%3a, http://a/~user/%2F%3A",
    "http://a/%, http://a/%25",
    "http://a/x y, http://a/x%20y",
    "http://a/?b=2&a=1&b=1, http://a/?a=1&b=2&b=1",
    "http://a/?, http://a/",
    "http://a/?utm_source=x&UTM_medium=y&gclid=1&q=1, http://a/?q=1",
    "http://a/?fbclid=1, http://a/",
    "http://a/?q=a%2bb+c, http://a/?q=a%2Bb+c",
    "http://a/?q={x|y}, http://a/?q=%7Bx%7Cy%7D",
    "http://[2001:DB8::1]/, http://[2001:db8::1]/",
  })
  void addresses_of_one_page_share_a_key(String url, String key) {
    assertThat(CanonicalUrl.of(WebAddress.of(url)).value()).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.com/%252e%252e/x",
    "http://example.com/?a=%26b=c",
    "https://example.com/?z&y=&y",
    "http://example.com/%E4%BD%A0",
  })
  void a_key_is_its_own_key(String url) {
    String key = CanonicalUrl.of(WebAddress.of(url)).value();
    assertThat(CanonicalUrl.of(WebAddress.of(key)).value()).isEqualTo(key);
  }
}

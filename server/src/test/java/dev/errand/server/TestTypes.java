package dev.errand.server;

import dev.errand.engine.access.Caller;
import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.Handler;
import dev.errand.engine.attempt.Handlers;
import dev.errand.engine.attempt.InvalidParams;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The task types of the server under test: enough to be asked for, whoever runs them.
@Configuration(proxyBeanMethods = false)
class TestTypes {
  @Bean
  Handlers handlers() {
    return new Handlers(List.of(new Say(), new Page("fetch_url"), new Page("research")));
  }

  record Words(Optional<String> msg, Optional<Integer> times) {
    Words {
      new InvalidParams.Check()
          .that(times.orElse(1) > 0, "/times", "must be 1 or more")
          .that(!msg.orElse("").equals("no"), "/msg", "must not be \"no\"")
          .orThrow();
    }
  }

  /// Says what it was told.
  record Say() implements Handler<Words> {
    @Override
    public String type() {
      return "say";
    }

    @Override
    public Class<Words> paramsType() {
      return Words.class;
    }

    @Override
    public List<String> steps() {
      return List.of("listen", "think", "speak");
    }

    @Override
    public Object handle(Words words, Attempt attempt) {
      attempt.info("saying it");
      return Map.of("said", words.msg().orElse(""));
    }
  }

  record Address(String url) {
    Address {
      new InvalidParams.Check().that(url.startsWith("http"), "/url", "must be a URL").orThrow();
    }
  }

  record Page(String type) implements Handler<Address> {
    @Override
    public Class<Address> paramsType() {
      return Address.class;
    }

    @Override
    public void admit(Address address, Caller caller) {
      new InvalidParams.Check()
          .that(!address.url().contains("forbidden"), "/url", "is not allowed here")
          .orThrow();
    }

    @Override
    public Object handle(Address address, Attempt attempt) {
      return address;
    }
  }
}

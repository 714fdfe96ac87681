package dev.errand.server.wiring;

import dev.errand.embeddings.MiniLm;
import dev.errand.engine.attempt.Handler;
import dev.errand.engine.attempt.Handlers;
import dev.errand.engine.attempt.Json;
import dev.errand.handlers.basic.EchoHandler;
import dev.errand.handlers.basic.SleepHandler;
import dev.errand.handlers.corpus.Corpora;
import dev.errand.handlers.corpus.Vectors;
import dev.errand.handlers.fetch.FetchClient;
import dev.errand.handlers.fetch.FetchHandler;
import dev.errand.handlers.generate.Author;
import dev.errand.handlers.generate.BlogPostHandler;
import dev.errand.handlers.generate.BriefHandler;
import dev.errand.handlers.model.LangChainModel;
import dev.errand.handlers.read.Reader;
import dev.errand.handlers.research.Outside;
import dev.errand.handlers.research.ResearchHandler;
import dev.errand.handlers.research.WebPages;
import dev.errand.handlers.webhook.DeliveryHandler;
import dev.errand.server.config.Settings;
import dev.errand.server.data.DataDirectory;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Every type of task.
@Configuration(proxyBeanMethods = false)
public class Types {
  /// Adding a type is one line here.
  @Bean
  Handlers handlers(
      FetchClient web,
      Reader reader,
      ResearchHandler research,
      Author author,
      DeliveryHandler deliveries,
      Json json) {
    List<Handler<?>> handlers = new ArrayList<>();
    handlers.add(new EchoHandler());
    handlers.add(new SleepHandler());
    handlers.add(new FetchHandler(web, reader));
    handlers.add(research);
    handlers.add(new BlogPostHandler(author, json));
    handlers.addAll(BriefHandler.all(author));
    handlers.add(deliveries);
    return new Handlers(handlers);
  }

  @Bean
  Author author(Settings settings) {
    return new Author(settings.model().map(LangChainModel::new));
  }

  @Bean
  Reader reader() {
    return new Reader();
  }

  @Bean(destroyMethod = "close")
  FetchClient fetchClient(Settings settings) {
    return new FetchClient(settings.fetch());
  }

  @Bean
  ResearchHandler research(
      Settings settings,
      DataDirectory data,
      Reader reader,
      FetchClient web,
      Json json,
      InstantSource clock) {
    Path index = data.path().resolve("index");
    Path model = data.path().resolve("model");
    return new ResearchHandler(
        new Corpora(index, reader),
        // Only administrators may name folders.
        List.of(Path.of("/")),
        new Outside(
            new WebPages(web, clock),
            Optional.empty(),
            settings.model().map(LangChainModel::new),
            clock,
            Thread::sleep),
        Optional.of(new Vectors(index, new MiniLm(model))),
        json);
  }
}

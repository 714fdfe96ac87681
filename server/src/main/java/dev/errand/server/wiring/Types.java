package dev.errand.server.wiring;

import dev.errand.embeddings.MiniLm;
import dev.errand.engine.artifact.Artifacts;
import dev.errand.engine.attempt.Handler;
import dev.errand.engine.attempt.Handlers;
import dev.errand.engine.attempt.Json;
import dev.errand.engine.cache.Cache;
import dev.errand.engine.limits.Limits;
import dev.errand.engine.task.TaskStore;
import dev.errand.handlers.basic.EchoHandler;
import dev.errand.handlers.basic.SleepHandler;
import dev.errand.handlers.corpus.Corpora;
import dev.errand.handlers.corpus.Vectors;
import dev.errand.handlers.fetch.ApiClient;
import dev.errand.handlers.fetch.FetchClient;
import dev.errand.handlers.fetch.FetchHandler;
import dev.errand.handlers.fetch.PageCache;
import dev.errand.handlers.generate.Author;
import dev.errand.handlers.generate.BlogPostHandler;
import dev.errand.handlers.generate.BriefHandler;
import dev.errand.handlers.model.LangChainModel;
import dev.errand.handlers.read.Reader;
import dev.errand.handlers.research.Outside;
import dev.errand.handlers.research.ResearchHandler;
import dev.errand.handlers.research.SearchEngines;
import dev.errand.handlers.research.WebPages;
import dev.errand.handlers.search.Search;
import dev.errand.handlers.search.SearchBatchHandler;
import dev.errand.handlers.search.SearchHandler;
import dev.errand.handlers.search.SearchProvider;
import dev.errand.handlers.search.Sources;
import dev.errand.handlers.search.provider.LocalDocs;
import dev.errand.handlers.search.provider.OwnTexts;
import dev.errand.handlers.search.provider.Providers;
import dev.errand.handlers.search.provider.SearchSettings;
import dev.errand.handlers.webhook.DeliveryHandler;
import dev.errand.server.config.Settings;
import dev.errand.server.data.DataDirectory;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
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
      SearchEngines engines,
      DeliveryHandler deliveries,
      Search search,
      Sources sources,
      Limits limits,
      Json json) {
    List<Handler<?>> handlers = new ArrayList<>();
    handlers.add(new EchoHandler());
    handlers.add(new SleepHandler());
    handlers.add(new SearchHandler(search, sources, limits.searchMaxResults()));
    handlers.add(
        new SearchBatchHandler(
            search, sources, limits.maxBatchSize(), limits.searchMaxResults(), json));
    handlers.add(new FetchHandler(web, reader));
    handlers.add(research);
    handlers.add(new BlogPostHandler(author, Optional.of(engines), json));
    handlers.addAll(BriefHandler.all(author));
    handlers.add(deliveries);
    return new Handlers(handlers);
  }

  @Bean
  Author author(Settings settings) {
    return new Author(settings.model().map(LangChainModel::new));
  }

  @Bean(destroyMethod = "close")
  ApiClient searchClient(Settings settings) {
    return Providers.client(settings.search(), settings.fetch());
  }

  @Bean
  Corpora corpora(DataDirectory data, Reader reader) {
    return new Corpora(data.path().resolve("index"), reader);
  }

  /// The store of tasks tells the meters, which know the handlers, which are made of this one.
  @Bean
  LocalDocs local(
      Settings settings,
      DataDirectory data,
      Corpora corpora,
      ObjectProvider<TaskStore> tasks,
      Artifacts artifacts,
      Json json,
      InstantSource clock) {
    Path texts = data.path().resolve("texts");
    return new LocalDocs(
        corpora,
        settings.search().folders(),
        Optional.of(
            new OwnTexts(texts, filter -> tasks.getObject().list(filter), artifacts, json, clock)));
  }

  @Bean
  Search search(
      Settings settings,
      ApiClient client,
      LocalDocs local,
      Cache cache,
      Json json,
      InstantSource clock) {
    List<SearchProvider> providers =
        new ArrayList<>(Providers.of(settings.search(), client, clock));
    providers.add(local);
    return new Search(providers, cache, json, settings.limits().searchCacheFor(), clock);
  }

  @Bean
  Sources sources(Search search, Limits limits) {
    return new Sources(search, limits.searchSources(), SearchSettings.HOW_TO_CONFIGURE);
  }

  @Bean
  SearchEngines engines(Search search, Sources sources) {
    return new SearchEngines(search, sources);
  }

  @Bean
  Reader reader() {
    return new Reader();
  }

  @Bean(destroyMethod = "close")
  FetchClient fetchClient(Settings settings, Cache cache, Json json, InstantSource clock) {
    return new FetchClient(
        settings.fetch(),
        settings.politeness(),
        new PageCache(cache, json, settings.limits().fetchCacheFor(), clock),
        clock);
  }

  @Bean
  ResearchHandler research(
      Settings settings,
      DataDirectory data,
      Corpora corpora,
      FetchClient web,
      SearchEngines engines,
      Json json,
      InstantSource clock) {
    Path index = data.path().resolve("index");
    Path model = data.path().resolve("model");
    return new ResearchHandler(
        corpora,
        // Only administrators may name folders.
        List.of(Path.of("/")),
        new Outside(
            new WebPages(web),
            Optional.of(engines),
            settings.model().map(LangChainModel::new),
            clock,
            Thread::sleep),
        Optional.of(new Vectors(index, new MiniLm(model))),
        json);
  }
}

package dev.errand.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.engine.budget.Allowance;
import dev.errand.engine.budget.BudgetLimits;
import dev.errand.engine.budget.Money;
import dev.errand.engine.limits.Limits;
import dev.errand.engine.retention.Retention;
import dev.errand.engine.worker.WorkerConfig;
import dev.errand.handlers.fetch.FetchRules;
import dev.errand.handlers.fetch.PrivateAllowlist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @Test
  void nothing_said_means_the_defaults() {
    Settings settings = read(Map.of("DATABASE_URL", "postgresql://db/errand"));

    assertThat(settings.role()).isEqualTo(NodeRole.ALL);
    assertThat(settings.http()).isEqualTo(new HttpSettings("127.0.0.1", 8080));
    assertThat(settings.limits()).isEqualTo(Limits.DEFAULTS);
    assertThat(settings.fetch()).isEqualTo(FetchRules.DEFAULTS);
    assertThat(settings.retention()).isEqualTo(Retention.DEFAULT);
    assertThat(settings.artifacts()).isEqualTo(settings.data().resolve("artifacts"));
    assertThat(settings.log()).isEqualTo(LogFormat.AUTO);
    assertThat(settings.data().toString()).startsWith("/").endsWith("/errand");
  }

  @Test
  void the_only_user_of_an_embedded_database_may_submit_more() {
    assertThat(read(Map.of()).limits().tasksPerMinute()).isEqualTo(6_000);
    assertThat(read(Map.of("TASKS_PER_MINUTE", "30")).limits().tasksPerMinute()).isEqualTo(30);
  }

  @Test
  void every_variable_is_read() {
    Settings settings =
        read(
            Map.ofEntries(
                Map.entry("ERRAND_ROLE", "API"),
                Map.entry("ERRAND_HOST", "0.0.0.0"),
                Map.entry("ERRAND_PORT", " 9000 "),
                Map.entry("ERRAND_DATA_DIR", "/var/lib/errand/../errand"),
                Map.entry("ERRAND_ARTIFACT_DIR", "/mnt/artifacts"),
                Map.entry("DATABASE_URL", "postgresql://u:p@db:5433/tasks"),
                Map.entry("TASK_MAX_RUNTIME_SECONDS", "1"),
                Map.entry("TASK_MAX_ARTIFACT_MB", "2"),
                Map.entry("TASKS_PER_MINUTE", "3"),
                Map.entry("SEARCH_SOURCE_ALLOWLIST", "brave, exa,"),
                Map.entry("FETCH_DOMAIN_ALLOWLIST", "example.com"),
                Map.entry("FETCH_ROBOTS", "ignore"),
                Map.entry("MAX_BATCH_SIZE", "4"),
                Map.entry("SEARCH_CACHE_TTL_SECONDS", "5"),
                Map.entry("FETCH_CACHE_TTL_SECONDS", "6"),
                Map.entry("SEARCH_MAX_RESULTS", "7"),
                Map.entry("BUDGET_TASK_TOKENS", "8"),
                Map.entry("BUDGET_TASK_USD", "0.000009"),
                Map.entry("BUDGET_USER_TOKENS_PER_DAY", "10"),
                Map.entry("BUDGET_USER_USD_PER_DAY", "1.10"),
                Map.entry("BUDGET_TOKENS_PER_DAY", "12000000000"),
                Map.entry("BUDGET_USD_PER_DAY", "13"),
                Map.entry("FETCH_PRIVATE_ALLOWLIST", "10.0.0.0/8,intranet"),
                Map.entry("RETENTION_DAYS", "90"),
                Map.entry("RETENTION_DAYS_BY_TYPE", "echo=1, research=14"),
                Map.entry("ERRAND_METRICS_TOKEN", "0123456789abcdef"),
                Map.entry("ERRAND_LOG", "json")));

    assertThat(settings.role()).isEqualTo(NodeRole.API);
    assertThat(settings.http()).isEqualTo(new HttpSettings("0.0.0.0", 9000));
    assertThat(settings.data()).isEqualTo(Path.of("/var/lib/errand"));
    assertThat(settings.artifacts()).isEqualTo(Path.of("/mnt/artifacts"));
    assertThat(settings.limits())
        .isEqualTo(
            new Limits(
                Duration.ofSeconds(1),
                2 * 1024 * 1024,
                3,
                List.of("brave", "exa"),
                List.of("example.com"),
                4,
                Duration.ofSeconds(5),
                Duration.ofSeconds(6),
                7,
                new BudgetLimits(
                    new Allowance(8L, new Money(9)),
                    new Allowance(10L, new Money(1_100_000)),
                    new Allowance(12_000_000_000L, new Money(13_000_000)))));
    assertThat(settings.fetch().domains()).containsExactly("example.com");
    assertThat(settings.politeness().robots()).isFalse();
    assertThat(settings.fetch().exceptions())
        .isEqualTo(PrivateAllowlist.of(List.of("10.0.0.0/8", "intranet")));
    assertThat(settings.retention())
        .isEqualTo(
            new Retention(
                Duration.ofDays(90),
                Map.of("echo", Duration.ofDays(1), "research", Duration.ofDays(14))));
    assertThat(settings.log()).isEqualTo(LogFormat.JSON);
    assertThat(settings.scrapes()).contains(new MetricsToken("0123456789abcdef"));
    assertThat(settings.toString()).doesNotContain("0123456789abcdef");
  }

  @Test
  void what_the_launcher_finds_usual_is_the_default() {
    assertThat(read(Map.of("ERRAND_USUAL_DATA_DIR", "/project/.errand")).variables())
        .contains(new Variable("ERRAND_DATA_DIR", "/project/.errand", "default"));
    assertThat(read(Map.of("HOME", "/home/me")).data())
        .isEqualTo(Path.of("/home/me/.local/share/errand"));
  }

  @Test
  void a_node_runs_as_many_tasks_at_once_as_it_is_told() {
    assertThat(read(Map.of()).worker()).isEqualTo(WorkerConfig.DEFAULTS);
    assertThat(read(Map.of("ERRAND_CONCURRENCY", "8")).worker().concurrency()).isEqualTo(8);
    assertThatThrownBy(() -> read(Map.of("ERRAND_CONCURRENCY", "0")))
        .hasMessageContaining("ERRAND_CONCURRENCY must be 1 to 10000, not 0");
  }

  @Test
  void an_empty_variable_counts_as_absent() {
    assertThat(read(Map.of("ERRAND_PORT", "", "DATABASE_URL", " ")).http().port()).isEqualTo(8080);
  }

  @Test
  void the_command_line_goes_before_the_environment() {
    Settings settings = Settings.read(Map.of("ERRAND_PORT", "1"), Map.of("ERRAND_PORT", "2"));

    assertThat(settings.http().port()).isEqualTo(1);
    assertThat(settings.variables()).contains(new Variable("ERRAND_PORT", "1", "command line"));
  }

  @Test
  void a_value_may_be_in_a_file(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("url"), "postgresql://u:geheim@db/tasks\n");
    Settings settings = read(Map.of("DATABASE_URL_FILE", file.toString()));

    assertThat(settings.database().orElseThrow().password()).isEqualTo("geheim");
    assertThat(settings.variables())
        .contains(new Variable("DATABASE_URL", "jdbc:postgresql://db/tasks as u", "file " + file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CORS_ALLOWED_ORIGINS | *                         | origins such as",
        "CORS_ALLOWED_ORIGINS | https://x.org/path        | origins such as",
        "TRUSTED_PROXIES      | 10.0.0                    | addresses or networks",
        "TRUSTED_PROXIES      | proxy.example.org         | addresses or networks",
        "TRUSTED_PROXIES      | 10.0.0.0/33               | addresses or networks",
        "OIDC_ISSUER          | https://login.example.org | OIDC_AUDIENCE",
        "OIDC_AUDIENCE        | errand                    | OIDC_ISSUER",
        "ACCESS_TOKEN_SECONDS | 5                         | 60 or more",
        "LOGIN_DAYS           | 0                         | 1 or more",
        "AUDIT_DAYS           | many                      | whole number",
      })
  void who_may_come_in_is_not_guessed(String name, String value, String complaint) {
    assertThatThrownBy(() -> read(Map.of(name, value)))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContainingAll(name, complaint);
  }

  @Test
  void an_issuer_that_anybody_on_the_way_could_change_is_refused() {
    assertThatThrownBy(() ->
            read(Map.of("OIDC_ISSUER", "http://login.example.org", "OIDC_AUDIENCE", "errand")))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("OIDC_ISSUER must be an https URL");
  }

  @Test
  void what_is_listed_names_every_variable_and_no_secret() {
    Settings settings =
        read(
            Map.of(
                "DATABASE_URL",
                "postgresql://u:geheim@db/tasks",
                "LLM_PROVIDER",
                "anthropic",
                "LLM_MODEL",
                "some-model",
                "ANTHROPIC_API_KEY",
                "sk-geheim",
                "QSTASH_CURRENT_SIGNING_KEY",
                "sig_geheim_geheim_geheim_geheim_",
                "BRAVE_API_KEY",
                "brave-geheim",
                "EXA_API_KEY",
                "exa-geheim",
                "TAVILY_API_KEY",
                "tavily-geheim"));

    assertThat(settings.search().exa().orElseThrow().key().value()).isEqualTo("exa-geheim");
    assertThat(settings.model().orElseThrow().key().orElseThrow().value()).isEqualTo("sk-geheim");
    assertThat(settings.variables()).extracting(Variable::name).hasSize(73).doesNotHaveDuplicates();
    assertThat(settings.variables().toString()).doesNotContain("geheim");
    assertThat(settings.toString()).doesNotContain("geheim");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ERRAND_PORT              | http        | must be a whole number, not \"http\"",
        "ERRAND_PORT              | 70000       | must be 0 to 65535",
        "ERRAND_PORT              | -1          | must be 0 to 65535",
        "ERRAND_ROLE              | boss        | must be one of api, worker, all",
        "ERRAND_ROLE              | worker      | needs DATABASE_URL",
        "ERRAND_HOST              | no.such.host.invalid | must be a name or an address",
        "FETCH_ROBOTS             | no          | must be one of obey, ignore",
        "ERRAND_LOG               | xml         | must be one of auto, text, json",
        "BRAVE_API_KEY            | a b         | must be printable, without blanks",
        "BRAVE_API_URL            | brave       | must be an address such as",
        "BRAVE_CALLS_PER_SECOND   | 0           | must be a whole number, 1 to 1000",
        "EXA_USD_PER_THOUSAND_SEARCHES | free   | must be an amount such as 2.50",
        "SEARCH_LOCAL_DOCS        | docs        | must be absolute paths of folders",
        "SEARCH_CONTACT           | me (at home) | must be a mail address",
        "SEARCH_TIMEOUT_SECONDS   | 301         | must be a whole number, 1 to 300",
        "LLM_PROVIDER             | ollama      | LLM_PROVIDER needs LLM_MODEL",
        "LLM_PROVIDER             | oracle      | must be one of openai, anthropic, gemini, ollama",
        "LLM_BASE_URL             | ftp://x     | must be an address such as",
        "LLM_TIMEOUT_SECONDS      | 0           | must be a whole number, 1 to 9999999",
        "LLM_USD_PER_MILLION_INPUT_TOKENS | -1  | must be an amount such as 2.50",
        "BACKEND_URL              | http://u:p@x | must be an address such as",
        "BLOG_WAIT_SECONDS        | 3601        | must be 0 to 3600",
        "QSTASH_NEXT_SIGNING_KEY  | short       | must have 32 characters or more",
        "DATABASE_URL             | mysql://db  | must look like postgresql://",
        "DATABASE_URL             | postgresql://u:p ss@db/x | must look like postgresql://",
        "TASK_MAX_ARTIFACT_MB     | 0           | must be 1 or more",
        "TASK_MAX_ARTIFACT_MB     | 5000        | must be 1 to 1024",
        "TASK_MAX_RUNTIME_SECONDS | 0           | must be 1 or more",
        "TASKS_PER_MINUTE         | 1.5         | must be a whole number",
        "MAX_BATCH_SIZE           | 0           | must be 1 or more",
        "SEARCH_CACHE_TTL_SECONDS | -1          | must be 0 or more",
        "FETCH_CACHE_TTL_SECONDS  | 99999999999 | must be a whole number",
        "SEARCH_MAX_RESULTS       | 0           | must be 1 or more",
        "BUDGET_TASK_TOKENS       | -1          | must be a whole number, 0 or more",
        "BUDGET_TOKENS_PER_DAY    | 9999999999999999 | must be a whole number",
        "BUDGET_TASK_USD          | free        | must be an amount such as 2.50",
        "BUDGET_USD_PER_DAY       | -0.01       | must be 0 to 1000000000 dollars",
        "BUDGET_USER_USD_PER_DAY  | 1e30        | must be 0 to 1000000000 dollars",
        "FETCH_PRIVATE_ALLOWLIST  | 10.0.0.0/99 | has too long a prefix",
        "FETCH_DOMAIN_ALLOWLIST   | a..b        | is not a domain",
        "ERRAND_METRICS_TOKEN     | guessable   | must have 16 characters or more",
        "ERRAND_PORT_FILE         | /no/such    | cannot be read",
      })
  void what_makes_no_sense_is_named(String variable, String value, String complaint) {
    assertThatThrownBy(() -> read(Map.of(variable, value)))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining(variable)
        .hasMessageContaining(complaint)
        .extracting(Throwable::getMessage, org.assertj.core.api.InstanceOfAssertFactories.STRING)
        .hasLineCount(1);
  }

  @Test
  void all_complaints_come_at_once() {
    assertThatThrownBy(() -> read(Map.of("ERRAND_PORT", "x", "ERRAND_ROLE", "y")))
        .extracting(Throwable::getMessage, org.assertj.core.api.InstanceOfAssertFactories.STRING)
        .hasLineCount(2);
  }

  @Test
  void a_variable_and_its_file_contradict_each_other() {
    assertThatThrownBy(() -> read(Map.of("ERRAND_PORT", "1", "ERRAND_PORT_FILE", "/x")))
        .hasMessageContaining("ERRAND_PORT and ERRAND_PORT_FILE are both set");
  }

  @Test
  void a_wrong_secret_is_not_repeated() {
    assertThatThrownBy(() -> read(Map.of("DATABASE_URL", "oracle://u:geheim@db")))
        .message()
        .doesNotContain("geheim");
  }

  private static Settings read(Map<String, String> environment) {
    return Settings.read(Map.of(), environment);
  }
}

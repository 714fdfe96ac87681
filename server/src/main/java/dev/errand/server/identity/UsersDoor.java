package dev.errand.server.identity;

import dev.errand.engine.access.Caller;
import dev.errand.engine.access.Caller.Role;
import dev.errand.engine.access.User;
import dev.errand.engine.access.UserName;
import dev.errand.engine.access.Users;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.schedule.Schedule;
import dev.errand.engine.schedule.ScheduleId;
import dev.errand.engine.schedule.Schedules;
import dev.errand.server.json.Fields;
import dev.errand.server.page.Page;
import dev.errand.server.page.PageQuery;
import dev.errand.server.security.Audit;
import dev.errand.server.security.Authenticator;
import dev.errand.server.security.Passwords;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// `/users`: administrators add users, disable them and give them roles.
@RestController
@RequestMapping("/users")
public final class UsersDoor {
  private static final String ROLE = "user, operator or admin";
  private static final int SCHEDULES_AT_ONCE = 100;

  private final Users users;
  private final Schedules schedules;
  private final Passwords passwords;
  private final Authenticator authenticator;
  private final Audit audit;

  public UsersDoor(
      Users users,
      Schedules schedules,
      Passwords passwords,
      Authenticator authenticator,
      Audit audit) {
    this.users = users;
    this.schedules = schedules;
    this.passwords = passwords;
    this.authenticator = authenticator;
    this.audit = audit;
  }

  /// @param nextCursor leads to the next page, absent on the last one
  public record UsersJson(List<UserJson> users, @Nullable String nextCursor) {}

  @GetMapping
  UsersJson list(Caller caller, @RequestParam Map<String, String> parameters) {
    caller.requireAdmin("Looking at users");
    PageQuery query = PageQuery.of(parameters, caller);
    List<User> found = users.list(query.after(UserName::parse), query.limit());
    Page<User> page = Page.of(found, query, user -> user.name().value());
    return new UsersJson(page.shown(UserJson::of), page.next());
  }

  @PostMapping
  ResponseEntity<UserJson> add(Caller caller, HttpServletRequest request, ObjectNode body) {
    caller.requireAdmin("Adding users");
    Fields fields = new Fields(body).only(List.of("name", "password", "role"));
    UserName name =
        fields.require("name").word("name", UserName.RULE, UserName::parse).orElse(null);
    String password = PasswordFields.newPassword(fields, "password", name).orElse("");
    Role role = fields.word("role", ROLE, Role::of).orElse(Role.USER);
    fields.orRefuse("invalid_request");
    User user = add(request, Objects.requireNonNull(name), role, password);
    return ResponseEntity.created(address(user.name())).body(UserJson.of(user));
  }

  private User add(HttpServletRequest request, UserName name, Role role, String password) {
    User user =
        users
            .add(name, role, passwords.hash(password))
            .orElseThrow(() ->
                new Problem.Conflict("There is a user %s already.".formatted(name)).refused());
    audit.done(request, "user.created", name.value(), "role " + role);
    return user;
  }

  private static URI address(UserName name) {
    return URI.create("/users/" + URLEncoder.encode(name.value(), StandardCharsets.UTF_8));
  }

  @GetMapping("/{name}")
  UserJson find(Caller caller, @PathVariable("name") String name) {
    caller.requireAdmin("Looking at users");
    return UserJson.of(UserName.parse(name).flatMap(users::find).orElseThrow(UsersDoor::notFound));
  }

  /// Changes what is given. Who is disabled has no schedules any more that run by themselves: they
  /// are paused, and stay so. By POST for clients that know no PATCH.
  @RequestMapping(
      path = "/{name}",
      method = {RequestMethod.PATCH, RequestMethod.POST})
  UserJson change(
      Caller caller,
      @PathVariable("name") String name,
      HttpServletRequest request,
      ObjectNode body) {
    caller.requireAdmin("Changing users");
    Fields fields = new Fields(body).only(List.of("role", "disabled"));
    Optional<Role> role = fields.word("role", ROLE, Role::of);
    Optional<Boolean> disabled = fields.yesOrNo("disabled");
    fields.orRefuse("invalid_request");
    User user =
        UserName.parse(name)
            .flatMap(known -> users.change(known, role.orElse(null), disabled.orElse(null)))
            .orElseThrow(UsersDoor::notFound);
    authenticator.forget();
    if (user.disabled()) {
      pauseSchedules(caller, user.name());
    }
    audit.done(request, "user.changed", user.name().value(), words(role, disabled));
    return UserJson.of(user);
  }

  private void pauseSchedules(Caller caller, UserName owner) {
    ScheduleId last = null;
    List<Schedule> page;
    do {
      page = schedules.list(caller, owner.value(), last, SCHEDULES_AT_ONCE);
      for (Schedule schedule : page) {
        schedules.pause(caller, schedule.id());
        last = schedule.id();
      }
    } while (page.size() == SCHEDULES_AT_ONCE);
  }

  private static String words(Optional<Role> role, Optional<Boolean> disabled) {
    List<String> words = new ArrayList<>();
    role.ifPresent(given -> words.add("role " + given));
    disabled.ifPresent(given -> words.add(given ? "disabled" : "enabled"));
    return String.join(", ", words);
  }

  /// For a user who has forgotten it; ends all logins of the user.
  @PostMapping("/{name}/password")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void setPassword(
      Caller caller,
      @PathVariable("name") String name,
      HttpServletRequest request,
      ObjectNode body) {
    caller.requireAdmin("Setting somebody's password");
    UserName user =
        UserName.parse(name)
            .filter(known -> users.find(known).isPresent())
            .orElseThrow(UsersDoor::notFound);
    Fields fields = new Fields(body).only(List.of("password"));
    String password = PasswordFields.newPassword(fields, "password", user).orElse("");
    fields.orRefuse("invalid_request");
    users.setPassword(user, passwords.hash(password));
    authenticator.forget();
    audit.done(request, "user.password_set", user.value(), null);
  }

  private static Problem.Refused notFound() {
    return new Problem.NotFound("user").refused();
  }
}

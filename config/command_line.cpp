#include "config/sources.hpp"
#include "config/suggestion.hpp"
#include "config/text_rules.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <deque>

namespace polar_flow {

namespace {

/// One option on the command line: CLI11 writes into `text`.
struct flag_value {
  const option* target = nullptr;
  std::string text;
  CLI::Option* parsed = nullptr;
};

/// What CLI11 fills in. Addresses must stay: CLI11 keeps pointers to the members.
class command_line {
public:
  command_line() {
    app_.set_help_flag();
    app_.allow_extras();
    app_.footer("Names in brackets are environment variables. The same options stand in the "
                "configuration file;\nwhat is stronger: command line, environment, .env file, "
                "configuration file.");
    app_.add_flag("-h,--help", help_, "Print this help and exit");
    app_.add_flag("--version", version_, "Print the version and exit");
    app_.add_flag("--print-config", print_config_,
                  "Print the configuration in force, secrets masked, and exit");
    app_.add_flag("--check-config", check_config_,
                  "Say everything that is wrong with the configuration and exit");
    add_text(app_, "--config", config_file_,
             "Configuration file [POLAR_FLOW_CONFIG]; else polar-flow-server.toml here or in "
             "/etc/polar-flow-server")
        ->type_name("FILE");
#ifdef POLAR_FLOW_TEST_CLOCK
    add_text(app_, "--clock-file", clock_file_,
             "File that says what time it is [POLAR_FLOW_CLOCK_FILE]")
        ->type_name("FILE");
#endif
    add_options();
    add_commands();
  }

  parsed_command_line parse(std::span<const std::string> arguments) {
    parsed_command_line parsed;
    try {
      // CLI11 takes arguments from the back.
      app_.parse(std::vector<std::string>{arguments.rbegin(), arguments.rend()});
    } catch (const CLI::Error& wrong) {
      parsed.values.problems.push_back({"command line", wrong.what()});
      return parsed;
    }
    collect_values(parsed.values);
    collect_unknown(parsed.values.problems);
    check_single_command(parsed.values.problems);
    parsed.what = to_command(parsed.values.problems);
    take_file("--config", config_file_, parsed.config_file, parsed.values.problems);
    take_file("--clock-file", clock_file_, parsed.clock_file, parsed.values.problems);
    return parsed;
  }

private:
  /// An option with a text; `collect` complains when the text is missing, so that this problem
  /// comes together with all others.
  static CLI::Option* add_text(CLI::App& app, const std::string& names,
                               std::optional<std::string>& text, const std::string& sentence) {
    return app
        .add_option_function<std::string>(
            names, [&text](const std::string& given) { text = given; }, sentence)
        ->expected(0, 1)
        ->take_last();
  }

  void add_options() {
    for (const auto& option : all_options()) {
      auto& value = values_.emplace_back();
      value.target = &option;
      std::string names = option.flag();
      if (!option.short_flag.empty())
        names += ',' + std::string{option.short_flag};
      const auto sentence = std::string{option.sentence} + " [" + option.variable_name() + ']';
      value.parsed = app_.add_option(names, value.text, sentence)
                         ->expected(0, 1)
                         ->take_last()
                         ->type_name("VALUE")
                         ->group("[" + std::string{option.table} + "]");
    }
  }

  void add_commands() {
    serve_ = app_.add_subcommand("serve", "Run the server; this is what happens without a command");
    version_command_ = app_.add_subcommand("version", "Print the version and exit");
    keys_ = app_.add_subcommand("keys", "Make, list or revoke API keys");
    create_ = keys_->add_subcommand("create", "Make a key for a user or a service and print it");
    list_ = keys_->add_subcommand("list", "List keys: all, those of a user or those of a service");
    revoke_ = keys_->add_subcommand(
        "revoke", "Make a key, or all keys of a user or a service, useless at once");
    for (auto* const keys_command : {create_, list_, revoke_}) {
      add_text(*keys_command, "--user", user_, "Polar user id that the key is for")
          ->type_name("ID");
      add_text(*keys_command, "--service", service_, "Name of a service that may read every user")
          ->type_name("NAME");
    }
    add_text(*create_, "--rate-limit", rate_limit_, "Requests per hour")->type_name("N");
    add_text(*revoke_, "key", revoked_key_,
             "Its id or prefix, as keys list shows it, or the whole key")
        ->type_name("ID-or-PREFIX")
        ->expected(1);
    rebuild_ = app_.add_subcommand(
        "rebuild", "Make the stored data again from Polar's archived answers, beside a running "
                   "server");
    add_text(*rebuild_, "--user", user_, "Polar user id; everyone unless given")->type_name("ID");
    // An option of the server may stand before or after a command.
    for (auto* const any :
         {serve_, version_command_, keys_, create_, list_, revoke_, rebuild_}) {
      any->set_help_flag();
      any->fallthrough();
    }
  }

  void collect_values(source_values& found) const {
    for (const auto& value : values_) {
      if (value.parsed->count() == 0)
        continue;
      auto where = "command line " + shown_flag(*value.target);
      if (is_without_text(*value.parsed))
        found.problems.push_back({std::move(where), value.target->name() + " needs a value"});
      else
        found.assignments.push_back({value.target, untyped_text{value.text}, std::move(where)});
    }
  }

  static std::string shown_flag(const option& target) {
    return target.short_flag.empty() ? target.flag() : std::string{target.short_flag};
  }

  static bool is_without_text(const CLI::Option& parsed) {
    return parsed.results().empty() || parsed.results().back().empty();
  }

  /// Arguments that no option and no command has taken. Their values are not shown: one may be
  /// a secret behind a mistyped name.
  void collect_unknown(std::vector<problem>& problems) const {
    bool is_after_flag = false;
    for (const auto& argument : app_.remaining(true)) {
      const bool is_flag = argument.starts_with('-');
      const auto name = argument.substr(0, argument.find('='));
      if (is_flag)
        problems.push_back({"command line " + name, explain_unknown(name)});
      else if (!is_after_flag)
        problems.push_back({"command line", "unexpected argument" + suggest(name, commands())});
      is_after_flag = is_flag && name == argument;
    }
  }

  /// CLI11 takes any number of commands in a row, but only one can be meant.
  void check_single_command(std::vector<problem>& problems) const {
    std::string given;
    std::size_t count = 0;
    for (const auto* one : {serve_, version_command_, create_, list_, revoke_, rebuild_}) {
      if (!one->parsed())
        continue;
      given += (count == 0 ? "" : ", ") + one->get_name();
      ++count;
    }
    if (count > 1)
      problems.push_back({"command line", "must have one command, not several: " + given});
  }

  static std::string explain_unknown(const std::string& name) {
    const auto known = flags();
    if (std::ranges::find(known, name) != known.end())
      return "does not belong to this command";
    return "unknown option" + suggest(name, known);
  }

  static std::vector<std::string> flags() {
    std::vector<std::string> names{"--help",         "--version", "--print-config",
                                   "--check-config", "--config",  "--user",
                                   "--service",      "--rate-limit"};
    for (const auto& option : all_options()) {
      names.push_back(option.flag());
      if (!option.short_flag.empty())
        names.emplace_back(option.short_flag);
    }
    return names;
  }

  static std::vector<std::string> commands() {
    return {"serve", "version", "rebuild", "keys", "create", "list", "revoke"};
  }

  command to_command(std::vector<problem>& problems) {
    if (help_)
      return print_help_command{app_.help()};
    if (version_ || version_command_->parsed())
      return print_version_command{};
    if (print_config_)
      return print_config_command{};
    if (check_config_)
      return check_config_command{};
    if (create_->parsed())
      return to_create(problems);
    if (list_->parsed())
      return list_keys_command{checked_user(problems), checked_service(problems)};
    if (rebuild_->parsed())
      return rebuild_command{checked_user(problems)};
    if (revoke_->parsed())
      return to_revoke(problems);
    if (keys_->parsed())
      problems.push_back({"command line keys", "must be followed by create, list or revoke"});
    return serve_command{};
  }

  command to_create(std::vector<problem>& problems) {
    create_key_command made{checked_user(problems), checked_service(problems),
                            checked_rate_limit(problems)};
    if (user_.has_value() == service_.has_value()) {
      problems.push_back({"command line keys create",
                          "must have either --user ID or --service NAME, and not both"});
    }
    return made;
  }

  command to_revoke(std::vector<problem>& problems) {
    const int owners = (user_ ? 1 : 0) + (service_ ? 1 : 0);
    const bool is_one_key = revoked_key_ && !revoked_key_->empty();
    if (owners + (is_one_key ? 1 : 0) != 1) {
      problems.push_back({"command line keys revoke",
                          "must have one of these: the key's id or prefix, as keys list shows it, "
                          "--user ID or --service NAME"});
    }
    return revoke_key_command{is_one_key ? revoked_key_ : std::nullopt, checked_user(problems),
                              checked_service(problems)};
  }

  std::optional<user_id> checked_user(std::vector<problem>& problems) const {
    if (!user_)
      return std::nullopt;
    if (!is_valid_user_id(*user_)) {
      problems.push_back({"command line --user",
                          "must be a user id: 1 to 100 letters, digits, underscores and hyphens"});
    }
    return user_id{*user_};
  }

  std::optional<std::string> checked_service(std::vector<problem>& problems) const {
    // As wide as names are shown in lists.
    constexpr std::size_t name_size_max = 100;
    if (service_ && (service_->empty() || service_->size() > name_size_max))
      problems.push_back({"command line --service", "must be a name of 1 to 100 bytes"});
    else if (service_ && !text_rules::is_printable(*service_))
      problems.push_back({"command line --service", "must be UTF-8 without control characters"});
    return service_;
  }

  std::optional<std::int32_t> checked_rate_limit(std::vector<problem>& problems) const {
    // The counter has 31 bits; a billion requests per hour is no limit any more.
    constexpr std::int32_t requests_max = 1'000'000'000;
    if (!rate_limit_)
      return std::nullopt;
    std::int32_t number = 0;
    const auto* const end = rate_limit_->data() + rate_limit_->size();
    const auto [parsed_to, failure] = std::from_chars(rate_limit_->data(), end, number);
    if (failure != std::errc{} || parsed_to != end || number < 1 || number > requests_max) {
      problems.push_back({"command line --rate-limit",
                          "must be a whole number of requests per hour, from 1 to 1000000000"});
    }
    return number;
  }

  static void take_file(const char* name, const std::optional<std::string>& given,
                        std::optional<std::string>& taken, std::vector<problem>& problems) {
    if (given && given->empty())
      problems.push_back({std::string{"command line "} + name, "needs the name of a file"});
    else
      taken = given;
  }

  CLI::App app_{"Self-hosted health analytics for Polar devices.", "polar-flow-server"};
  std::deque<flag_value> values_;
  bool help_ = false;
  bool version_ = false;
  bool print_config_ = false;
  bool check_config_ = false;
  std::optional<std::string> config_file_;
  std::optional<std::string> clock_file_;
  std::optional<std::string> user_;
  std::optional<std::string> service_;
  std::optional<std::string> rate_limit_;
  std::optional<std::string> revoked_key_;
  CLI::App* serve_ = nullptr;
  CLI::App* version_command_ = nullptr;
  CLI::App* keys_ = nullptr;
  CLI::App* create_ = nullptr;
  CLI::App* list_ = nullptr;
  CLI::App* revoke_ = nullptr;
  CLI::App* rebuild_ = nullptr;
};

} // namespace

parsed_command_line read_command_line(std::span<const std::string> arguments) {
  return command_line{}.parse(arguments);
}

} // namespace polar_flow

#include "config/load.hpp"

#include "config/defaults.hpp"
#include "config/sources.hpp"
#include "config/validate.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

namespace polar_flow {

namespace {

namespace fs = std::filesystem;

constexpr const char* config_file_name = "polar-flow-server.toml";
constexpr const char* key_file_name = "encryption.key";

/// A hundred times the example file; what is larger is no configuration.
constexpr std::size_t config_bytes_max = 1024 * 1024;

std::expected<std::string, std::string> read_text(const fs::path& file) {
  std::error_code failure;
  if (fs::is_directory(file, failure))
    return std::unexpected{std::string{"is a folder, not a file"}};
  std::ifstream stream{file, std::ios::binary};
  if (!stream) {
    const bool exists = fs::exists(file, failure);
    return std::unexpected{std::string{exists ? "cannot be read" : "does not exist"}};
  }
  std::string text(config_bytes_max + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (stream.bad())
    return std::unexpected{std::string{"cannot be read"}};
  if (text.size() > config_bytes_max)
    return std::unexpected{std::string{"is larger than 1 MiB"}};
  return text;
}

/// The number after the last colon of `where`, 0 when there is none.
std::uint32_t line_of(const problem& what) {
  const auto colon = what.where.rfind(':');
  std::uint32_t line = 0;
  if (colon != std::string::npos)
    std::from_chars(what.where.data() + colon + 1, what.where.data() + what.where.size(), line);
  return line;
}

/// Puts together what the sources say.
class loader {
public:
  explicit loader(const surroundings& around) : around_{around} {
    // nop
  }

  std::expected<invocation, std::vector<problem>> load(parsed_command_line command_line) {
    read_config_file(command_line.config_file);
    read_dotenv_file();
    apply(read_environment(around_.variables));
    apply(std::move(command_line.values));
    resolve(command_line.clock_file);
    add_problems(validate(values_, sources_));
    // Only printing may work with masks: what it prints can be printed again.
    if (!std::holds_alternative<print_config_command>(command_line.what))
      add_problems(find_masked_secrets(values_, sources_));
    if (!problems_.empty())
      return std::unexpected{std::move(problems_)};
    return invocation{std::move(values_), std::move(command_line.what), std::move(config_file_)};
  }

private:
  void add_problems(std::vector<problem> found) {
    problems_.insert(problems_.end(), std::make_move_iterator(found.begin()),
                     std::make_move_iterator(found.end()));
  }

  void apply(source_values found) {
    for (auto& given : found.assignments) {
      const auto name = given.target->name();
      const auto all_wrong = assign(*given.target, given.value, values_);
      for (const auto& wrong : all_wrong)
        found.problems.push_back({given.where, name + ' ' + wrong});
      sources_[name] = {std::move(given.where), !all_wrong.empty()};
    }
    // Files are mended from top to bottom.
    std::ranges::stable_sort(found.problems, {}, line_of);
    add_problems(std::move(found.problems));
  }

  // -- files ----------------------------------------------------------------------------------

  void read_config_file(const std::optional<std::string>& from_command_line) {
    if (from_command_line) {
      config_file_ = *from_command_line;
    } else if (const auto* named = find_variable(around_.variables, "POLAR_FLOW_CONFIG");
               named != nullptr && !named->empty()) {
      config_file_ = *named;
    } else {
      config_file_ = find_config_file();
      if (!config_file_)
        return;
    }
    const auto text = read_text(around_.working_folder / *config_file_);
    if (text)
      apply(read_toml(*text, config_file_->string()));
    else
      problems_.push_back({config_file_->string(), text.error()});
  }

  /// Of the two usual places the first that has a file.
  std::optional<fs::path> find_config_file() const {
    std::error_code ignored;
    if (fs::exists(around_.working_folder / config_file_name, ignored))
      return config_file_name;
    if (!around_.system_config_file.empty() && fs::exists(around_.system_config_file, ignored))
      return around_.system_config_file;
    return std::nullopt;
  }

  void read_dotenv_file() {
    const auto file = around_.working_folder / ".env";
    std::error_code ignored;
    // Python's virtual environments are folders of that name.
    if (!fs::is_regular_file(file, ignored))
      return;
    const auto text = read_text(file);
    if (text)
      apply(read_dotenv(*text, ".env"));
    else
      problems_.push_back({".env", text.error()});
  }

  // -- what depends on the machine and its user ----------------------------------------------

  void resolve(const std::optional<std::string>& clock_file) {
    if (values_.http.threads == 0)
      values_.http.threads = std::max(1u, around_.cores / 2);
    if (values_.actors.threads == 0)
      values_.actors.threads = std::max(1u, around_.cores);
    if (values_.storage.data_dir.empty())
      values_.storage.data_dir = default_data_dir();
    make_absolute(values_.storage.data_dir);
    if (values_.security.key_dir.empty())
      values_.security.key_dir = default_key_dir();
    make_absolute(values_.security.key_dir);
    make_absolute(values_.server.port_file);
    make_absolute(values_.storage.postgresql_bin_dir);
    make_absolute(values_.polar.ca_file);
    resolve_clock_file(clock_file);
  }

  void make_absolute(fs::path& path) const {
    if (!path.empty())
      path = (around_.working_folder / path).lexically_normal();
  }

  void make_absolute(std::optional<fs::path>& path) const {
    if (path)
      make_absolute(*path);
  }

  /// An empty path when there is no such variable.
  fs::path folder_variable(const char* name) const {
    const auto found = around_.variables.find(name);
    return found == around_.variables.end() ? fs::path{} : fs::path{found->second};
  }

  fs::path default_data_dir() {
    constexpr const char* folder = "polar-flow-server";
    if (around_.is_root)
      return fs::path{"/var/lib"} / folder;
    // The specification of XDG says that a relative path is to be ignored.
    if (const auto data_home = folder_variable("XDG_DATA_HOME"); data_home.is_absolute())
      return data_home / folder;
    if (const auto home = folder_variable("HOME"); home.is_absolute())
      return home / ".local" / "share" / folder;
    if (!sources_.contains("storage.data-dir"))
      problems_.push_back({"environment HOME", "storage.data-dir (DATA_DIR) must be set, since "
                                               "this user has no home folder"});
    return {};
  }

  /// The server that came before kept its key in the home folder; it is used until we have one.
  fs::path default_key_dir() const {
    const auto ours = values_.storage.data_dir / "keys";
    const auto home = folder_variable("HOME");
    std::error_code ignored;
    if (home.is_absolute() && !fs::exists(ours / key_file_name, ignored)
        && fs::is_regular_file(home / ".polar-flow" / key_file_name, ignored))
      return home / ".polar-flow";
    return ours;
  }

  void resolve_clock_file([[maybe_unused]] const std::optional<std::string>& from_command_line) {
#ifdef POLAR_FLOW_TEST_CLOCK
    if (from_command_line)
      values_.clock_file = *from_command_line;
    else if (const auto* named = find_variable(around_.variables, "POLAR_FLOW_CLOCK_FILE");
             named != nullptr && !named->empty())
      values_.clock_file = *named;
    make_absolute(values_.clock_file);
#endif
  }

  const surroundings& around_;
  settings values_ = default_settings();
  origins sources_;
  std::vector<problem> problems_;
  std::optional<fs::path> config_file_;
};

/// Help and version must be there when nothing else is right.
bool needs_no_settings(const command& what) {
  return std::holds_alternative<print_help_command>(what)
         || std::holds_alternative<print_version_command>(what);
}

} // namespace

std::expected<invocation, std::vector<problem>> load(std::span<const std::string> arguments,
                                                     const surroundings& around) {
  auto command_line = read_command_line(arguments);
  if (needs_no_settings(command_line.what))
    return invocation{default_settings(), std::move(command_line.what), std::nullopt};
  return loader{around}.load(std::move(command_line));
}

} // namespace polar_flow

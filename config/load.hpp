#pragma once

#include "config/problem.hpp"
#include "config/settings.hpp"
#include "domain/ids.hpp"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace polar_flow {

// -- what the command line asks for -----------------------------------------------------------

struct serve_command {};

struct print_version_command {};

/// Print `print_config(values)`.
struct print_config_command {};

/// Say that the configuration is in order: when it is not, `load` returns the problems.
struct check_config_command {};

struct print_help_command {
  std::string text;
};

/// A user's key, or with a name instead a service key, which may read every user.
struct create_key_command {
  std::optional<user_id> user;
  std::optional<std::string> service_name;
  std::optional<std::int32_t> rate_limit;
};

/// Both absent: all keys.
struct list_keys_command {
  std::optional<user_id> user;
  std::optional<std::string> service_name;
};

/// Exactly one of the three is there.
struct revoke_key_command {
  /// The key's row id or its prefix.
  std::optional<std::string> key;
  /// Whose active keys shall all go.
  std::optional<user_id> user;
  std::optional<std::string> service_name;
};

/// Makes rows again from the archive: of one user, or of all.
struct rebuild_command {
  std::optional<user_id> user;
};

using command
    = std::variant<serve_command, print_version_command, print_config_command,
                   check_config_command, print_help_command, create_key_command,
                   list_keys_command, revoke_key_command, rebuild_command>;

// -- loading ----------------------------------------------------------------------------------

struct invocation {
  settings values;
  command what;
  /// The file that was read, for the log; absent when there is none.
  std::optional<std::filesystem::path> config_file;
};

/// All that the configuration depends on besides the arguments, so that tests can make it up.
struct surroundings {
  std::map<std::string, std::string> variables;
  /// Where `.env` and `polar-flow-server.toml` are looked for.
  std::filesystem::path working_folder;
  std::filesystem::path system_config_file;
  bool is_root = false;
  std::uint32_t cores = 1;
};

/// Those of this process.
surroundings process_surroundings();

/// Settings from the defaults, overridden by the file, `.env`, the environment and the command
/// line, in this order; or everything that is wrong with any of them. `arguments` are those after
/// the program's name.
std::expected<invocation, std::vector<problem>> load(std::span<const std::string> arguments,
                                                     const surroundings& around);

} // namespace polar_flow

#pragma once

#include "config/load.hpp"
#include "config/option.hpp"
#include "config/problem.hpp"

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Where values come from. Each source only says what it found; `load` applies them in order.
namespace polar_flow {

/// One value that a source gives to an option.
struct assignment {
  const option* target = nullptr;
  raw_value value;
  std::string where;
};

struct source_values {
  std::vector<assignment> assignments;
  std::vector<problem> problems;
};

/// A TOML document; `shown_name` is what problems call the file.
source_values read_toml(std::string_view text, const std::string& shown_name);

/// The variables that name an option, in any case; others are not ours to judge.
source_values read_environment(const std::map<std::string, std::string>& variables);

/// A `.env` file: NAME=value lines, quotes and comments as in shells.
source_values read_dotenv(std::string_view text, const std::string& shown_name);

/// The value of `name` in any case; nullptr when there is none.
const std::string* find_variable(const std::map<std::string, std::string>& variables,
                                 std::string_view name);

struct parsed_command_line {
  source_values values;
  command what;
  /// `--config`.
  std::optional<std::string> config_file;
  /// `--clock-file`, in test builds only.
  std::optional<std::string> clock_file;
};

parsed_command_line read_command_line(std::span<const std::string> arguments);

} // namespace polar_flow

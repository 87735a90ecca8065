#pragma once

#include "config/settings.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The one table of options: file, environment, command line, printing and the example file all
/// follow from it.
namespace polar_flow {

/// Where an option's value lives in the settings.
template <class T>
using place = T& (*)(settings&);

using any_place
    = std::variant<place<bool>, place<std::uint16_t>, place<std::uint32_t>, place<std::size_t>,
                   place<std::chrono::milliseconds>, place<std::chrono::seconds>,
                   place<std::chrono::minutes>, place<std::string>,
                   place<std::optional<std::string>>, place<std::filesystem::path>,
                   place<std::optional<std::filesystem::path>>, place<std::vector<std::string>>,
                   place<log_level>, place<deployment_mode>>;

struct number_range {
  std::int64_t least = 0;
  std::int64_t most = 0;
  /// Completes "must be from 1 to 9: …".
  std::string_view reason;
};

/// Brings a text into its usual form or says what is wrong with it ("must …"), never quoting it.
using text_rule = std::optional<std::string> (*)(std::string& text);

enum class exposure : std::uint8_t { open, secret };

struct option {
  std::string_view table = {};
  std::string_view key = {};
  /// Name of the environment variable; empty means table and key in upper snake case.
  std::string_view variable = {};
  /// Second name on the command line besides `--table-key`, or empty.
  std::string_view short_flag = {};
  /// What a reader of the example file needs to know.
  std::string_view sentence = {};
  /// Shown commented out while there is no value; in TOML notation.
  std::string_view sample = {};
  any_place value = {};
  number_range range = {};
  /// For every text of the value; nullptr takes any.
  text_rule rule = nullptr;
  exposure shown = exposure::open;

  /// `table.key`.
  std::string name() const;
  std::string variable_name() const;
  /// `--table-key`.
  std::string flag() const;
};

std::span<const option> all_options();

/// Text from a source that has no types: environment and command line.
struct untyped_text {
  std::string text;
};

/// A value as some source gives it. `std::monostate` is one that no option takes, such as a
/// date in TOML.
using raw_value = std::variant<std::monostate, untyped_text, bool, std::int64_t, std::string,
                               std::vector<std::string>>;

/// Puts `value` into `values`; or leaves them alone and says what is wrong ("must …"), of a list
/// everything ("item 2 must …").
std::vector<std::string> assign(const option& target, const raw_value& value, settings& values);

/// The option's value in TOML notation, secrets masked; nothing when it has none.
std::optional<std::string> to_toml(const option& source, const settings& values);

} // namespace polar_flow

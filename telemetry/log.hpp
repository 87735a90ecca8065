#pragma once

#include "domain/errc.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace polar_flow::telemetry {

enum class severity { debug, info, warning, error };

/// A named value of a log line. Never pass a key, a token or a health value.
struct field {
  std::string_view name;
  std::variant<std::string, std::int64_t, double, bool> value;
};

/// Sends log lines to standard error from here on: one JSON object per line with `time`, `level`,
/// `event` and the fields. Before the first call, lines of `info` and above are written.
void set_log_level(severity least);

/// Writes one line; never throws, never blocks for long. `event` is a short sentence that stays
/// the same from call to call, what varies goes into `fields`.
void log(severity level, std::string_view event, std::initializer_list<field> fields = {});

inline void log_debug(std::string_view event, std::initializer_list<field> fields = {}) {
  log(severity::debug, event, fields);
}

inline void log_info(std::string_view event, std::initializer_list<field> fields = {}) {
  log(severity::info, event, fields);
}

inline void log_warning(std::string_view event, std::initializer_list<field> fields = {}) {
  log(severity::warning, event, fields);
}

inline void log_error(std::string_view event, std::initializer_list<field> fields = {}) {
  log(severity::error, event, fields);
}

} // namespace polar_flow::telemetry

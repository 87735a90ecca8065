#include "telemetry/log.hpp"

#include "telemetry/json_text.hpp"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <memory>

namespace polar_flow::telemetry {

namespace {

/// The message that spdlog puts in at `%v` is the rest of the object, escaped already.
constexpr const char* line_pattern = R"({"time":"%Y-%m-%dT%H:%M:%S.%fZ","level":"%l",%v})";

spdlog::level::level_enum to_spdlog(severity level) {
  switch (level) {
  case severity::debug:
    return spdlog::level::debug;
  case severity::info:
    return spdlog::level::info;
  case severity::warning:
    return spdlog::level::warn;
  case severity::error:
    return spdlog::level::err;
  }
  return spdlog::level::err;
}

std::unique_ptr<spdlog::logger> make_logger() {
  auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  sink->set_formatter(std::make_unique<spdlog::pattern_formatter>(
      line_pattern, spdlog::pattern_time_type::utc));
  auto made = std::make_unique<spdlog::logger>("polar-flow-server", std::move(sink));
  made->set_level(spdlog::level::info);
  return made;
}

spdlog::logger& logger() {
  // Never destroyed: threads and other objects' destructors may log until the process is gone.
  static spdlog::logger* const instance = make_logger().release();
  return *instance;
}

void append_value(std::string& out, const std::string& value) {
  append_json_string(out, value);
}

void append_value(std::string& out, std::int64_t value) {
  out += std::to_string(value);
}

void append_value(std::string& out, double value) {
  append_json_number(out, value);
}

void append_value(std::string& out, bool value) {
  out += value ? "true" : "false";
}

std::string to_members(std::string_view event, std::initializer_list<field> fields) {
  std::string members{R"("event":)"};
  append_json_string(members, event);
  for (const auto& field : fields) {
    members += ',';
    append_json_string(members, field.name);
    members += ':';
    std::visit([&members](const auto& value) { append_value(members, value); }, field.value);
  }
  return members;
}

} // namespace

void set_log_level(severity least) {
  logger().set_level(to_spdlog(least));
}

void log(severity level, std::string_view event, std::initializer_list<field> fields) {
  // Logging happens where something else has gone wrong already; it must not add to it.
  try {
    const auto spdlog_level = to_spdlog(level);
    if (logger().should_log(spdlog_level))
      logger().log(spdlog_level, spdlog::string_view_t{to_members(event, fields)});
  } catch (...) {
    // Memory is out: this line is lost.
  }
}

} // namespace polar_flow::telemetry

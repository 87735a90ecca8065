#pragma once

#include "domain/time.hpp"
#include "simulator/rate_limits.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace polar_flow::simulator {

/// No data before this day unless `--first-day` says otherwise: older than any look-back.
inline constexpr date default_first_day{std::chrono::year{2020} / 1 / 1};

struct options {
  // -- where it listens ---
  std::string host = "127.0.0.1";
  std::uint16_t port = 8090;
  std::optional<std::filesystem::path> port_file;
  std::optional<std::filesystem::path> certificate;
  std::optional<std::filesystem::path> key;

  // -- whom it knows ---
  std::string client_id = "polar-flow-demo";
  std::string client_secret = "polar-flow-demo-secret";
  /// Accepted redirect addresses; any http or https address when empty.
  std::vector<std::string> redirect_uris;
  std::int64_t athletes = 1;
  std::uint64_t seed = 1;
  date first_day = default_first_day;
  /// Polar's own rule: exercises uploaded before the registration stay hidden. Off by default, so
  /// that a new athlete has something to show.
  bool only_after_registration = false;
  /// The first athlete consents without being asked.
  bool auto_approve = false;
  std::optional<std::filesystem::path> state_file;

  // -- what it answers ---
  std::optional<std::filesystem::path> replay_folder;
  std::optional<std::filesystem::path> replay_map;
  limit_overrides limits;
  bool has_control = true;
  /// Tells the webhook by itself what becomes visible.
  bool sends_events = false;
  std::optional<std::filesystem::path> clock_file;
};

/// The command line, or the exit code when there is nothing left to do (help, version, mistakes:
/// already printed).
struct parsed_options {
  std::optional<options> value;
  int exit_code = 0;
};
parsed_options parse_options(int argument_count, const char* const* arguments);

} // namespace polar_flow::simulator

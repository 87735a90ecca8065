#pragma once

#include "config/settings.hpp"
#include "crypto/random.hpp"
#include "domain/api_keys.hpp"
#include "domain/clock.hpp"
#include "http/upload_slots.hpp"
#include "http/wrong_keys.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>

namespace polar_flow::http {

enum class request_log : std::uint8_t { failures_only, every_request };

/// What the front-end needs of the rest of the server, besides the backends.
struct front_end_options {
  server_settings server;
  http_settings http;
  security_settings security;
  /// Where the newest API keys are found.
  std::shared_ptr<const published_keys> keys;
  /// Time of day, for rate limits and dates; timeouts of connections use the steady clock.
  std::shared_ptr<const wall_clock> clock;
  /// Who has sent wrong keys, the same for all threads.
  std::shared_ptr<wrong_keys> guesses;
  std::shared_ptr<crypto::random_source> random = crypto::make_system_random();
  /// Where large bodies go while they arrive.
  std::filesystem::path upload_folder = {};
  /// Who is uploading, the same for all threads.
  std::shared_ptr<upload_slots> uploads = std::make_shared<upload_slots>();
  /// A debug line per request costs more than the request, so it is asked for here and not
  /// left to the logger to discard.
  request_log log = request_log::failures_only;
};

} // namespace polar_flow::http

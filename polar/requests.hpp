#pragma once

#include "domain/streams.hpp"
#include "domain/sync.hpp"
#include "polar/transport.hpp"

#include <string>
#include <vector>

namespace polar_flow::polar {

/// One GET that a sync has to make: its target (path and query without host).
struct planned_request {
  stream kind{};
  std::string target;

  bool operator==(const planned_request&) const = default;
};

/// The streams that this version fetches, in the order of fetching.
std::vector<stream> fetched_streams();

/// How far a sync reaches back. A first sync asks for all that Polar keeps (activities 365 days
/// in windows of 28, cardio load 180 days, the rest 28 to 30); a later one for what can still
/// change or was missed since `last_synced_day`, at least `days` days where the resource takes a
/// range.
struct reach {
  /// The user's local day.
  date today;
  /// Day of the last finished attempt; absent on a first sync.
  std::optional<date> last_synced_day;
  /// Days asked for by the caller or by `sync.days-lookback`.
  std::int32_t days = 30;
};

/// All requests of one sync, those of one stream together, oldest window first.
std::vector<planned_request> plan_requests(const reach& span);

/// The GET for `planned`, with the user's bearer token.
http_request make_request(const polar_settings& settings, const planned_request& planned,
                          const std::string& access_token);

/// What an answer's status means for the stream: nothing (200), empty (204, 404) or a named
/// error with a sentence for the user (401, 403, 429, 400, 5xx, anything else).
enum class answer_kind { content, empty };
result<answer_kind> classify_status(int status, stream kind);

/// Whether trying again soon can help: 5xx, time-outs, lost connections.
bool is_transient(errc code);

} // namespace polar_flow::polar

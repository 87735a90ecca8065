#pragma once

#include "domain/coverage.hpp"
#include "domain/polar_news.hpp"
#include "domain/streams.hpp"
#include "domain/sync.hpp"
#include "polar/transport.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace polar_flow::polar {

/// One GET that a sync has to make: its target (path and query without host).
struct planned_request {
  stream kind{};
  std::string target;
  /// The days that the answer tells of; absent where it is not about days.
  std::optional<date_range> days;
  /// The rest of something of which a list has told already: of these days only its failure tells
  /// anything.
  bool is_detail = false;

  bool operator==(const planned_request&) const = default;
};

/// The streams that this version fetches, in the order of fetching.
std::vector<stream> fetched_streams();

/// How far a sync reaches back.
struct reach {
  /// The user's local day.
  date today;
  /// What earlier syncs have fetched; a stream without a ledger is asked for all that Polar keeps.
  std::vector<stream_coverage> known;
  /// Days to read again whatever the ledger says, where the resource takes a range; absent when
  /// nobody asked for it.
  std::optional<std::int32_t> days;
};

/// The requests that a sync begins with, those of one stream together, the stream that was fetched
/// longest ago first, its oldest window first: the wanted days of the ledgers in windows of at most
/// 28 days, or the whole list where that holds all that Polar keeps. The continuous heart rate is
/// planned later, by `plan_heart_rate`.
std::vector<planned_request> plan_requests(const reach& span);

/// One request per wanted day up to `watched`, the last day that the watch has sent, and for the
/// days that Polar forgets within three days in any case: without an activity there is no heart
/// rate either, and one request per day is dear.
std::vector<planned_request> plan_heart_rate(const reach& span, std::optional<date> watched);

/// Zones, samples and route of one exercise; `days` is the day on which it began, where that is
/// known.
planned_request plan_exercise_details(const std::string& polar_exercise_id,
                                      std::optional<date_range> days);

/// The requests that fetch one piece of news and what Polar makes at the same moment without an
/// event of its own: nightly recharge, skin and body temperature, SpO2 and ECG come with a
/// sleep, cardio load with an exercise.
std::vector<planned_request> plan_news(const polar_news& announced, date today);

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

#pragma once

#include "domain/day_set.hpp"
#include "domain/errc.hpp"
#include "domain/records.hpp"
#include "domain/streams.hpp"
#include "domain/time.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Which days of which stream have been fetched from Polar: decides what a sync asks for, whose
/// data is about to be lost for ever, and what `GET …/coverage` says.
namespace polar_flow {

/// What Polar promises about the days of one stream.
struct stream_reach {
  /// So many days, today included, can be asked for; none for a stream that knows only "now".
  std::chrono::days kept{28};
  /// A day may still change until the watch has been synchronised so many days after it.
  std::chrono::days settles_after{2};
  /// The same for a day without data: another watch may have been worn on it. Longer where one
  /// request covers many days anyway.
  std::chrono::days settles_empty_after{2};
};

/// No watch keeps what it measured for longer before it is synchronised; Polar's keep four weeks
/// at most.
inline constexpr std::chrono::days watch_memory_days{60};

/// Whether asking again later can bring what failed with this.
bool is_mended_by_waiting(errc code);

/// Longer than a fault at Polar lasts, and short enough for a server that syncs once a day. The
/// calendar alone does not tell: midnight may be an hour away, and a zone that becomes known moves
/// it.
inline constexpr std::chrono::hours confirmation_wait{20};

/// From the look-back overview of the AccessLink contract, section 16.
stream_reach reach_of(stream kind);

/// Days whose last attempt failed for the same reason.
struct failed_days {
  error reason;
  day_set days;

  bool operator==(const failed_days&) const = default;
};

/// The ledger of one stream of one user. Of a stream without days (physical information) it tells
/// only when it was last fetched.
struct stream_coverage {
  stream kind{};
  /// Days that were fetched when they could not change any more.
  day_set settled;
  /// Days of which Polar had nothing although they could not change any more. An answer without
  /// data may be a fault, so they are asked for once more, on a later day and not before
  /// `confirmation_wait` has passed, until they count as settled.
  day_set unconfirmed;
  /// The user's day on which the newest of them were found empty, and the moment.
  std::optional<date> unconfirmed_on;
  std::optional<instant> unconfirmed_at;
  /// The last day that was fetched at all, and the last one that had data and was not to come yet.
  std::optional<date> fetched_through;
  std::optional<date> newest_data;
  /// No day is in two of them, and none is empty.
  std::vector<failed_days> failed;
  /// Days that are not settled any more, because their activity has changed since this was last
  /// written.
  std::vector<date> reopened;
  /// When anything of this was last written.
  std::optional<instant> updated_at;

  bool operator==(const stream_coverage&) const = default;
};

/// One attempt to fetch some days of a stream.
struct fetched_days {
  stream kind{};
  date_range days;
  /// The days that had data in the answer.
  day_set present;
  std::optional<error> failure;

  bool operator==(const fetched_days&) const = default;
};

/// The days, on the user's clock, of which `records` tell something that was measured.
day_set measured_days(const stream_records& records);

/// Whether a new record of this stream shows that the user has measured something: Polar makes
/// cardio load for every day, and SleepWise looks ahead.
bool tells_of_wearer(stream kind);

/// The last day of which the watch has told Polar anything: a watch sends all it has at once, so
/// earlier days are as complete as they will be. Counts only streams that nothing but a watch
/// makes: exercises also come from phones and people, cardio load has a row for every day, and
/// SleepWise looks ahead.
std::optional<date> watch_day(const std::vector<stream_coverage>& ledgers);

/// Writes the attempts of one sync, in the order in which they were made, into the ledgers, adding
/// those that are not there yet. A day is judged by what the answers up to its own told of the
/// watch: it may have been synchronised in the middle. `today` is the user's local day at `now`.
void note_attempts(std::vector<stream_coverage>& ledgers,
                   const std::vector<fetched_days>& attempts, date today, instant now);

/// Days worth asking Polar for, oldest first: within reach, not settled, and not found empty today
/// already. A stream that has no ledger yet wants all that Polar keeps.
std::vector<date_range> wanted_days(const std::vector<stream_coverage>& ledgers, stream kind,
                                    date today);

/// When the first day vanishes at Polar that could still be fetched. Days that failed for a
/// reason that waiting does not mend (no consent, an answer that is archived but not understood)
/// do not count. Absent when nothing was ever fetched.
std::optional<instant> next_loss(const std::vector<stream_coverage>& ledgers, date today);

enum class coverage_state : std::uint8_t { complete, partial, missing, not_available, error };
std::string_view to_string(coverage_state state);

/// What is known about one day of one stream.
struct day_coverage {
  date day;
  coverage_state state{};
  /// A sentence for the user; empty for a complete day.
  std::string reason;
  /// The last day on which Polar still gives it; absent when there is nothing left to fetch.
  std::optional<date> fetchable_until;

  bool operator==(const day_coverage&) const = default;
};

/// What is known about the last days of all streams.
struct coverage_report {
  date today;
  std::vector<std::pair<stream, std::vector<day_coverage>>> streams;

  bool operator==(const coverage_report&) const = default;
};

/// Judges each day of `days`, oldest first. `present` holds the days that have a row.
std::vector<day_coverage> judge_days(const stream_coverage& ledger, const day_set& present,
                                     date_range days, date today);

} // namespace polar_flow

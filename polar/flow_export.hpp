#pragma once

#include "domain/errc.hpp"
#include "domain/records.hpp"
#include "domain/streams.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

/// Polar Flow's account export ("Download your data"): what its files are, and how they are read
/// into the records that AccessLink's answers become too.
namespace polar_flow::polar {

/// Origin of whatever was read from such an export.
inline constexpr std::string_view flow_export_origin = "polar-flow-export";

enum class export_family : std::uint8_t {
  /// One session, of either generation of the export.
  training_session,
  /// One day of activity.
  activity,
  /// A month of heart rates.
  continuous_heart_rate,
  /// Nights: times, stages, interruptions.
  sleep_result,
  /// The same nights: scores.
  sleep_score,
  /// Nights: Nightly Recharge.
  nightly_recovery,
  /// Weights, among things that are nobody's business.
  calendar_items,
  /// ECG, SpO2 and temperature in an envelope. Their file names are not known.
  generic_period,
  /// A known family that nothing is taken from.
  ignored,
  /// Something else.
  unknown,
};

/// The enumerator's name.
std::string_view to_string(export_family family);

/// What the name says about the file; the folder and the case do not matter. `unknown` for a
/// generic period: only its content tells, so an unknown JSON file is worth reading.
export_family family_of(std::string_view file_name);

/// One sentence for the user about a file that nothing is taken from; empty for any other name.
std::string_view reason_to_ignore(std::string_view file_name);

/// The records of one stream.
struct export_part {
  stream kind{};
  stream_records records;

  bool operator==(const export_part&) const = default;
};

/// What one file holds. A day of activity is of two streams, most files are of one.
struct export_records {
  export_family family = export_family::unknown;
  std::vector<export_part> parts;
  /// Records that lack what names them (day, start) and were left out.
  std::size_t skipped = 0;

  bool operator==(const export_records&) const = default;
};

/// Reads one file, as tolerantly as `read_answer`, and by the rules of
/// `contracts/polar-flow-export.md`: NaN and infinities, bare or quoted, are unknown. The name
/// decides the family, the members that are there decide the generation. An ignored or unknown
/// file has no parts. Within one file a key names one record: the parts of a day or a night that
/// come apart are put together.
///
/// Between files that is up to the caller, with `complete` below: the same session, day or night
/// may be in several files, and `sleep_result` and `sleep_score` each hold one half of a night.
///
/// Error: polar_unreadable with the place, never with a value, when the file is not JSON, not of
/// the shape of its family, or when none of its records could be read.
result<export_records> read_export_file(std::string_view file_name, std::string_view content);

// -- the same thing told twice -----------------------------------------------------------------

/// Whether both are one training: their starts and their durations differ by two seconds at most.
/// AccessLink and the export give it different ids. Without a duration on both sides the start
/// has to do.
bool is_same_training(const exercise& left, const exercise& right);

/// What `other` knows of the same night and `kept` does not is taken over; times, offset and
/// hypnogram come from one of the two as a whole. `kept` should be the better source: AccessLink
/// before the export, whose score is one point lower.
void complete(night& kept, const night& other);

void complete(nightly_recharge& kept, const nightly_recharge& other);

/// Two watches on one day: the samples of both in order of time, of one second those of `kept`.
void complete(heart_rate_day& kept, const heart_rate_day& other);

/// Two watches on one day: the one that counted more steps was worn. Its values stay, and the
/// other fills what it does not know.
void complete(activity_day& kept, const activity_day& other);

/// The same for what happened within the day; the steps are those of one watch.
void complete(activity_sample_day& kept, const activity_sample_day& other);

} // namespace polar_flow::polar

#pragma once

#include "domain/records.hpp"
#include "polar/flow_export/session_axis.hpp"
#include "polar/readers/json_view.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the two generations of exported sessions have in common.
namespace polar_flow::polar {

/// 0 metres mean that none were measured.
inline constexpr value_range distance_m_range{0.001, 100'000'000};
inline constexpr value_range percent_range{0, 100};
inline constexpr value_range limit_bpm_range{0, 300};

/// −1 means "not available".
inline constexpr value_range load_range{0, 10'000'000};

// AccessLink's numbers for what is recorded.
inline constexpr std::int32_t heart_rate_type = 0;
inline constexpr std::int32_t speed_type = 1;
inline constexpr std::int32_t cadence_type = 2;
inline constexpr std::int32_t altitude_type = 3;
inline constexpr std::int32_t power_type = 4;
inline constexpr std::int32_t temperature_type = 9;
inline constexpr std::int32_t distance_type = 10;
inline constexpr std::int32_t rr_interval_type = 11;

/// Where a session begins on the clock of the one who trains, and how far that clock was off.
struct session_start {
  local_time time;
  /// Unknown is not 0; without it the instant is the reading of the clock.
  std::optional<std::int32_t> utc_offset_minutes;

  instant moment() const;
};

/// Of the session, else of its first exercise. `offset_name` in the session, then
/// `exercise_offset_name`.
std::optional<session_start> read_session_start(const object_view& session,
                                                const std::vector<object_view>& exercises,
                                                std::string_view offset_name,
                                                std::string_view exercise_offset_name);

/// The exercises of a session, none when there are none.
std::vector<object_view> exercises_of(const object_view& session);

/// Loads and what they mean, without the words that the export puts in front.
std::optional<training_load_pro> read_export_load(const object_view& loads);

/// The zones of a session from those of its exercises: the times add up as long as the limits are
/// the same, and otherwise nothing can be said about the session as a whole.
std::vector<heart_rate_zone>
merge_zones(const std::vector<std::vector<heart_rate_zone>>& all_zones);

/// Appends a point that is on earth. `time_s` counts from the start of the session.
void add_route_point(std::vector<route_point>& route, const object_view& point, double time_s);

/// `start_time`, offset, and what the samples and the route say. Both have to be in already.
void finish_session(const session_start& start, session_axis& axis, exercise& record);

/// A session of the old generation lacks an id; `exercise::polar_exercise_id` stays empty.
/// nullopt without a start.
std::optional<exercise> read_old_session(const object_view& session);
std::optional<exercise> read_new_session(const object_view& session);

} // namespace polar_flow::polar

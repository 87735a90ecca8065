#include "polar/flow_export/export_file.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace polar_flow::polar {

namespace {

constexpr list_shape shape{"nights", "night"};

// The scales of AccessLink's nights, which these become.
constexpr value_range continuity_range{1, 5};
constexpr value_range class_range{1, 5};
constexpr value_range score_range{1, 100};
constexpr value_range group_score_range{0, 100};

/// A night does not last longer than two days.
constexpr double night_s_max = 172'800;

/// Changes of the stage in one night; a night has some hundred.
constexpr std::size_t stages_max = 10'000;

struct named_code {
  std::string_view name;
  std::int32_t code;
};

constexpr std::array stages{named_code{"WAKE", 0}, named_code{"REM", 1}, named_code{"NONREM1", 2},
                            named_code{"NONREM2", 3}, named_code{"NONREM3", 4}};
constexpr std::int32_t unknown_stage = 5;

/// `UNKNOWN`, 0 at AccessLink, is not known.
constexpr std::array ratings{named_code{"SLEPT_BAD", 1}, named_code{"SLEPT_QUITE_BAD", 2},
                             named_code{"SLEPT_NEITHER_BAD_NOR_WELL", 3},
                             named_code{"SLEPT_QUITE_WELL", 4}, named_code{"SLEPT_WELL", 5}};

template <std::size_t Count>
std::optional<std::int32_t> code_of(const std::array<named_code, Count>& codes,
                                    const std::optional<std::string>& name) {
  const auto found =
      std::ranges::find_if(codes, [&](const named_code& known) { return known.name == name; });
  return found == codes.end() ? std::nullopt : std::optional{found->code};
}

std::optional<std::int32_t> night_duration_s(const object_view& item, std::string_view name) {
  const auto seconds = item.whole_duration_s(name);
  return seconds && *seconds <= night_s_max ? seconds : std::nullopt;
}

/// A time whose offset no clock on earth shows is no time.
std::optional<offset_time> read_time(const object_view& item, std::string_view name) {
  const auto time = item.zoned_time(name);
  const auto minutes = time ? static_cast<double>(time->utc_offset.count()) : 0;
  const bool is_on_earth =
      utc_offset_minutes_range.least <= minutes && minutes <= utc_offset_minutes_range.most;
  return is_on_earth ? time : std::nullopt;
}

/// Stages by the minute, as AccessLink has them: of two in one minute the later one stays.
std::vector<night_sample> read_stages(const boost::json::array* changes,
                                      std::chrono::microseconds start_after_midnight) {
  std::vector<night_sample> hypnogram;
  if (changes == nullptr)
    return hypnogram;
  for (const auto& value : *changes) {
    const object_view change{value};
    const auto offset_s = change.duration_s("offsetFromStart");
    const auto state = change.text("state");
    if (!offset_s || *offset_s > night_s_max || !state || hypnogram.size() == stages_max)
      continue;
    const auto time = start_after_midnight
                      + std::chrono::microseconds{static_cast<std::int64_t>(*offset_s * 1e6)};
    const auto minute =
        static_cast<std::int32_t>(std::chrono::floor<std::chrono::minutes>(time).count());
    const auto code = code_of(stages, state).value_or(unknown_stage);
    if (!hypnogram.empty() && hypnogram.back().minute == minute)
      hypnogram.back().value = code;
    else
      hypnogram.push_back({minute, static_cast<double>(code)});
  }
  std::ranges::stable_sort(hypnogram, {}, &night_sample::minute);
  return hypnogram;
}

void read_hypnogram(const object_view& hypnogram, night& record) {
  const auto start = read_time(hypnogram, "sleepStart");
  const auto end = read_time(hypnogram, "sleepEnd");
  if (start)
    record.start_time = start->moment;
  if (end)
    record.end_time = end->moment;
  if (start || end)
    record.utc_offset_minutes =
        static_cast<std::int32_t>((start ? start : end)->utc_offset.count());
  record.device_id = hypnogram.text("deviceId");
  record.sleep_rating = code_of(ratings, hypnogram.text("rating"));
  record.sleep_goal_s = night_duration_s(hypnogram, "sleepGoal");
  if (!start)
    return;
  const auto after_midnight = start->moment + start->utc_offset - record.day;
  // A start that does not belong to this night would put its stages anywhere.
  if (std::chrono::abs(after_midnight) <= std::chrono::days{1})
    record.hypnogram = read_stages(hypnogram.list("sleepStateChanges"), after_midnight);
}

void read_evaluation(const object_view& evaluation, night& record) {
  const auto analysis = evaluation.object("analysis");
  record.continuity = analysis.number("continuityIndex", continuity_range);
  record.continuity_class = analysis.integer("continuityClass", class_range);
  const auto interruptions = evaluation.object("interruptions");
  record.interruptions_s = night_duration_s(interruptions, "totalDuration");
  record.short_interruptions_s = night_duration_s(interruptions, "shortDuration");
  record.long_interruptions_s = night_duration_s(interruptions, "longDuration");
  const auto phases = evaluation.object("phaseDurations");
  record.light_sleep_s = night_duration_s(phases, "light");
  record.deep_sleep_s = night_duration_s(phases, "deep");
  record.rem_sleep_s = night_duration_s(phases, "rem");
  record.unrecognized_sleep_s = night_duration_s(phases, "unknown");
}

/// AccessLink counts one less than there are models (12 of 12 compared nights).
std::optional<std::int32_t> read_cycles(const object_view& cycles) {
  const auto* models = cycles.object("cycles").list("sleepCycleModels");
  if (models == nullptr || models->empty())
    return std::nullopt;
  return static_cast<std::int32_t>(models->size()) - 1;
}

readable<night> read_result(const object_view& item) {
  const auto day = item.day("night");
  if (!day)
    return std::unexpected{"night"};
  night record;
  record.day = *day;
  read_evaluation(item.object("evaluation"), record);
  const auto result = item.object("sleepResult");
  read_hypnogram(result.object("hypnogram"), record);
  record.sleep_cycles = read_cycles(result.object("sleepCycles"));
  return record;
}

/// AccessLink shows one point more than the rounded score of the export (12 of 12 compared
/// nights); it is kept as exported.
std::optional<std::int32_t> read_score(const object_view& scores) {
  const auto score = scores.number("sleepScore", score_range);
  return score ? std::optional{static_cast<std::int32_t>(std::lround(*score))} : std::nullopt;
}

readable<night> read_scores(const object_view& item) {
  const auto day = item.day("night");
  if (!day)
    return std::unexpected{"night"};
  const auto scores = item.object("sleepScoreResult");
  night record;
  record.day = *day;
  record.sleep_score = read_score(scores);
  record.sleep_charge = scores.integer("scoreRate", class_range);
  record.group_duration_score = scores.number("groupDurationScore", group_score_range);
  record.group_solidity_score = scores.number("groupSolidityScore", group_score_range);
  record.group_regeneration_score = scores.number("groupRefreshScore", group_score_range);
  return record;
}

} // namespace

result<export_records> read_sleep_results(const boost::json::value& document) {
  return read_part(export_family::sleep_result, stream::sleep, document, shape, &night::day,
                   read_result);
}

result<export_records> read_sleep_scores(const boost::json::value& document) {
  return read_part(export_family::sleep_score, stream::sleep, document, shape, &night::day,
                   read_scores);
}

} // namespace polar_flow::polar

#include "polar/readers.hpp"
#include "polar/readers/json_document.hpp"
#include "polar/readers/json_view.hpp"

namespace polar_flow::polar {

namespace {

// 0 is not known; the largest people are within.
constexpr value_range weight_kg_range{1, 1000};
constexpr value_range height_cm_range{10, 300};
constexpr value_range vo2_max_range{1, 200};

physical_info read_person(const object_view& item) {
  physical_info record;
  record.recorded_at = item.utc_time("modified");
  if (!record.recorded_at)
    record.recorded_at = item.utc_time("created");
  record.weight_kg = item.number("weight", weight_kg_range);
  record.height_cm = item.number("height", height_cm_range);
  record.birthday = item.birthday("birthday");
  record.gender = item.text("gender");
  record.maximum_heart_rate_bpm = item.integer("maximum_heart_rate", heart_rate_bpm_range);
  record.resting_heart_rate_bpm = item.integer("resting_heart_rate", heart_rate_bpm_range);
  record.aerobic_threshold_bpm = item.integer("aerobic_threshold", heart_rate_bpm_range);
  record.anaerobic_threshold_bpm = item.integer("anaerobic_threshold", heart_rate_bpm_range);
  record.vo2_max_ml_per_min_kg = item.integer("vo2_max", vo2_max_range);
  record.weight_source = item.text("weight_source");
  record.training_background = item.text("training_background");
  record.typical_day = item.text("typical_day");
  record.sleep_goal_s = item.whole_duration_s("sleep_goal");
  return record;
}

/// Whether there is more in it than a time.
bool tells_something(const physical_info& record) {
  physical_info nothing;
  nothing.recorded_at = record.recorded_at;
  return record != nothing;
}

} // namespace

result<std::vector<physical_info>> read_physical_info(std::string_view body) {
  const auto document = parse_document(body);
  if (!document)
    return std::unexpected{document.error()};
  const auto* list = document->if_array();
  if (document->is_null() || (list != nullptr && list->empty()))
    return std::vector<physical_info>{};
  const object_view item{*document};
  if (!item.exists())
    return fail(errc::polar_unreadable, "the answer is not an object");
  auto record = read_person(item);
  // The time of the answer stands for a time that Polar does not tell, but not for one that is
  // told and damaged: that would be a second row for one state.
  const bool has_time = item.find("modified") != nullptr || item.find("created") != nullptr;
  if (has_time && !record.recorded_at)
    return fail(errc::polar_unreadable, "the time of the physical information cannot be read");
  if (tells_something(record))
    return std::vector{std::move(record)};
  // These are the members that Polar would hardly leave out; without them and without any other
  // value the answer is about something else.
  const bool is_person = item.has("weight") || item.has("created") || item.has("modified");
  if (item.is_empty() || is_person)
    return std::vector<physical_info>{};
  return fail(errc::polar_unreadable, "the answer has nothing that is known about a person");
}

} // namespace polar_flow::polar

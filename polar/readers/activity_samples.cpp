#include "polar/readers.hpp"
#include "polar/readers/record_list.hpp"

namespace polar_flow::polar {

namespace {

constexpr list_shape shape{"activity_samples", "date", "start_time"};

/// From a millisecond to a day.
constexpr value_range interval_ms_range{1, 86'400'000};

void read_steps(const object_view& steps, activity_sample_day& record) {
  record.total_steps = steps.integer("total_steps");
  record.interval_ms = steps.integer("interval_ms", interval_ms_range);
  const auto* samples = steps.list("samples");
  if (samples == nullptr)
    return;
  for (const auto& value : *samples) {
    const object_view sample{value};
    const auto time = sample.wall_time("timestamp");
    const auto count = sample.integer("steps");
    if (time && count)
      record.steps.push_back({*time, *count});
  }
}

void read_zones(const object_view& zones, activity_sample_day& record) {
  const auto* samples = zones.list("samples");
  if (samples == nullptr)
    return;
  for (const auto& value : *samples) {
    const object_view sample{value};
    const auto time = sample.wall_time("timestamp");
    auto zone = sample.text("zone");
    if (time && zone)
      record.zones.push_back({*time, std::move(*zone)});
  }
}

void read_stamps(const boost::json::array* stamps, activity_sample_day& record) {
  if (stamps == nullptr)
    return;
  for (const auto& value : *stamps)
    if (const auto time = object_view{value}.wall_time("stamp"))
      record.inactivity_stamps.push_back(*time);
}

/// A day of samples comes alone, or as `samples` inside the summary of its day.
readable<activity_sample_day> read_sample_day(const object_view& item) {
  const auto embedded = item.object("samples");
  const auto& samples = embedded.exists() ? embedded : item;
  auto day = samples.day("date");
  if (!day)
    day = item.day("start_time");
  if (!day)
    return std::unexpected{"date"};
  activity_sample_day record;
  record.day = *day;
  read_steps(samples.object("steps"), record);
  read_zones(samples.object("activity_zones"), record);
  read_stamps(samples.list("inactivity_stamps"), record);
  return record;
}

} // namespace

result<std::vector<activity_sample_day>> read_activity_samples(std::string_view body) {
  return read_records(body, shape, &activity_sample_day::day, read_sample_day);
}

} // namespace polar_flow::polar

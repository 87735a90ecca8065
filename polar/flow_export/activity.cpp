#include "polar/flow_export/export_file.hpp"
#include "polar/readers/night_clock.hpp"

#include <algorithm>
#include <numeric>

namespace polar_flow::polar {

namespace {

constexpr list_shape shape{"activities", "date"};

/// Metres of one day: more is not a reading.
constexpr value_range distance_m_range{0, 1'000'000};

/// Steps are counted per minute.
constexpr std::chrono::minutes step_interval{1};
constexpr std::size_t minutes_per_day = 24 * 60;

/// A time of the day, which stands without its date.
std::optional<local_time> time_on(date day, const object_view& item, std::string_view name) {
  const auto text = item.text(name);
  const auto second = text ? parse_second_of_day(*text) : std::nullopt;
  if (!second)
    return std::nullopt;
  return local_time{day.time_since_epoch() + std::chrono::seconds{*second}};
}

readable<activity_day> read_day(const object_view& item) {
  const auto day = item.day("date");
  if (!day)
    return std::unexpected{"date"};
  const auto summary = item.object("summary");
  activity_day record;
  record.day = *day;
  record.start_time = time_on(*day, summary, "startTime");
  record.end_time = time_on(*day, summary, "endTime");
  record.steps = summary.integer("stepCount");
  record.distance_m = summary.number("stepsDistance", distance_m_range);
  record.calories_total_kcal = summary.integer("calories");
  record.inactivity_alerts = summary.integer("inactivityAlertCount");
  return record;
}

/// The counted minutes in order. Samples of old days have no time: they begin at midnight.
std::vector<step_sample> read_counts(date day, const boost::json::array& list) {
  std::vector<step_sample> counts;
  counts.reserve(std::min(list.size(), minutes_per_day));
  const local_time midnight{day.time_since_epoch()};
  for (std::size_t index = 0; index < list.size() && index < minutes_per_day; ++index) {
    const object_view sample{list[index]};
    const auto steps = sample.integer("value");
    const auto time = sample.has("localTime")
                          ? time_on(day, sample, "localTime")
                          : midnight + static_cast<std::int64_t>(index) * step_interval;
    if (steps && time)
      counts.push_back({*time, *steps});
  }
  std::ranges::stable_sort(counts, {}, &step_sample::time);
  const auto repeated = std::ranges::unique(counts, {}, &step_sample::time);
  counts.erase(repeated.begin(), repeated.end());
  return counts;
}

/// A number of steps is valid until the next sample, so a minute that was left out gets a zero.
std::vector<step_sample> with_pauses(const std::vector<step_sample>& counts, date day) {
  const local_time midnight{(day + std::chrono::days{1}).time_since_epoch()};
  std::vector<step_sample> samples;
  samples.reserve(counts.size());
  for (std::size_t index = 0; index < counts.size(); ++index) {
    samples.push_back(counts[index]);
    const auto end = counts[index].time + step_interval;
    const auto next = index + 1 < counts.size() ? counts[index + 1].time : midnight;
    if (counts[index].steps > 0 && end < next)
      samples.push_back({end, 0});
  }
  return samples;
}

std::optional<std::int32_t> sum_of(const std::vector<step_sample>& counts) {
  const auto sum =
      std::accumulate(counts.begin(), counts.end(), std::int64_t{0},
                      [](std::int64_t so_far, const step_sample& it) { return so_far + it.steps; });
  if (counts.empty() || sum > std::numeric_limits<std::int32_t>::max())
    return std::nullopt;
  return static_cast<std::int32_t>(sum);
}

readable<activity_sample_day> read_sample_day(const object_view& item) {
  const auto day = item.day("date");
  if (!day)
    return std::unexpected{"date"};
  activity_sample_day record;
  record.day = *day;
  const auto* list = item.object("samples").list("steps");
  if (list == nullptr || list->empty())
    return record;
  const auto counts = read_counts(*day, *list);
  record.total_steps = item.object("summary").integer("stepCount");
  if (!record.total_steps)
    record.total_steps = sum_of(counts);
  record.interval_ms = std::chrono::milliseconds{step_interval}.count();
  record.steps = with_pauses(counts, *day);
  return record;
}

/// Old days have no summary, and without samples there is nothing but the date.
void drop_empty_days(export_records& file) {
  for (auto& part : file.parts) {
    if (auto* days = std::get_if<std::vector<activity_day>>(&part.records))
      std::erase_if(*days, [](const activity_day& record) {
        activity_day nothing;
        nothing.day = record.day;
        return record == nothing;
      });
    if (auto* days = std::get_if<std::vector<activity_sample_day>>(&part.records))
      std::erase_if(*days, [](const auto& record) { return record.steps.empty(); });
  }
  std::erase_if(file.parts,
                [](const export_part& part) { return record_count(part.records) == 0; });
}

} // namespace

result<export_records> read_activity_file(const boost::json::value& document) {
  auto file = read_part(export_family::activity, stream::activity, document, shape,
                        &activity_day::day, read_day);
  if (!file)
    return file;
  auto samples = read_part(export_family::activity, stream::activity_samples, document, shape,
                           &activity_sample_day::day, read_sample_day);
  // The records that were skipped are the same ones.
  if (samples)
    std::ranges::move(samples->parts, std::back_inserter(file->parts));
  drop_empty_days(*file);
  return file;
}

} // namespace polar_flow::polar

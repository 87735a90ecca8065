#include "polar/flow_export/export_file.hpp"

#include <algorithm>

namespace polar_flow::polar {

namespace {

constexpr list_shape shape{"deviceDays", "date"};

constexpr std::int32_t seconds_per_day = 86'400;
constexpr value_range second_range{0, seconds_per_day - 1};

/// In order of time, and one per second at most.
void put_in_order(std::vector<heart_rate_sample>& samples) {
  std::ranges::stable_sort(samples, {}, &heart_rate_sample::second);
  const auto repeated = std::ranges::unique(samples, {}, &heart_rate_sample::second);
  samples.erase(repeated.begin(), repeated.end());
}

/// One day of one device.
readable<heart_rate_day> read_day(const object_view& item) {
  const auto day = item.day("date");
  if (!day)
    return std::unexpected{"date"};
  heart_rate_day record;
  record.day = *day;
  const auto* list = item.list("samples");
  if (list == nullptr)
    return record;
  record.samples.reserve(std::min<std::size_t>(list->size(), seconds_per_day));
  for (const auto& value : *list) {
    const object_view sample{value};
    const auto second = sample.integer("secondsFromDayStart", second_range);
    const auto bpm = sample.integer("heartRate", heart_rate_bpm_range);
    if (second && bpm)
      record.samples.push_back({*second, *bpm});
  }
  put_in_order(record.samples);
  return record;
}

} // namespace

result<export_records> read_heart_rate_file(const boost::json::value& document) {
  auto file = read_part(export_family::continuous_heart_rate, stream::continuous_hr, document,
                        shape, &heart_rate_day::day, read_day);
  // A day without any signal says as little as a day that is not there.
  if (file && !file->parts.empty()) {
    auto& days = std::get<std::vector<heart_rate_day>>(file->parts.front().records);
    std::erase_if(days, [](const heart_rate_day& record) { return record.samples.empty(); });
    if (days.empty())
      file->parts.clear();
  }
  return file;
}

} // namespace polar_flow::polar

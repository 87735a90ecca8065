#include "polar/readers.hpp"
#include "polar/readers/night_clock.hpp"
#include "polar/readers/record_list.hpp"

#include <algorithm>
#include <functional>

namespace polar_flow::polar {

namespace {

constexpr list_shape shape{"heart_rates", "heart_rate_samples", "date", "continuous_heart_rates"};

constexpr std::size_t seconds_per_day = 86'400;

std::optional<std::int32_t> read_second(const object_view& sample) {
  const auto* time = sample.find("sample_time");
  const auto* text = time == nullptr ? nullptr : time->if_string();
  return text == nullptr ? std::nullopt : parse_second_of_day({text->data(), text->size()});
}

bool is_same_second(const heart_rate_sample& left, const heart_rate_sample& right) {
  return left.second == right.second;
}

/// In order of time, and of two samples of one second the later one: a list is never longer than
/// a day has seconds. Recorded lists are in order already.
void put_in_order(std::vector<heart_rate_sample>& samples) {
  const auto disorder =
      std::ranges::adjacent_find(samples, std::greater_equal{}, &heart_rate_sample::second);
  if (disorder == samples.end())
    return;
  std::ranges::stable_sort(samples, {}, &heart_rate_sample::second);
  // Backwards, because `unique` keeps the first of its equals.
  const auto kept = std::unique(samples.rbegin(), samples.rend(), is_same_second);
  samples.erase(samples.begin(), kept.base());
}

readable<heart_rate_day> read_day(const object_view& item) {
  const auto day = item.day("date");
  if (!day)
    return std::unexpected{"date"};
  heart_rate_day record;
  record.day = *day;
  const auto* list = item.list("heart_rate_samples");
  if (list == nullptr)
    return record;
  record.samples.reserve(std::min(list->size(), seconds_per_day));
  for (const auto& value : *list) {
    const object_view sample{value};
    const auto second = read_second(sample);
    const auto bpm = sample.integer("heart_rate", heart_rate_bpm_range);
    if (second && bpm)
      record.samples.push_back({*second, *bpm});
  }
  put_in_order(record.samples);
  return record;
}

} // namespace

result<std::vector<heart_rate_day>> read_continuous_heart_rate(std::string_view body) {
  auto days = read_records(body, shape, &heart_rate_day::day, read_day);
  // Such a day says as little as a day that is not there, and it must not look like a sign of
  // the watch.
  if (days)
    std::erase_if(*days, [](const heart_rate_day& record) { return record.samples.empty(); });
  return days;
}

} // namespace polar_flow::polar

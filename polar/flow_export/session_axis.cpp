#include "polar/flow_export/session_axis.hpp"

#include "polar/readers/json_view.hpp"

#include <algorithm>

namespace polar_flow::polar {

namespace {

using std::chrono::seconds;

/// Values of one series: four days at one per second. What follows is left out.
constexpr std::int64_t series_values_max = 345'600;

/// A series with one value per day is none.
constexpr seconds interval_max{86'400};

/// How many steps of `interval` lie between the start of the axis and a moment on it.
std::int64_t place_of(std::chrono::microseconds offset, seconds interval) {
  const std::chrono::microseconds step{interval};
  return (offset + step / 2) / step;
}

/// The shortest step forward, in whole seconds.
seconds spacing_of(const std::vector<timed_value>& samples) {
  auto shortest = interval_max;
  for (std::size_t index = 1; index < samples.size(); ++index) {
    const auto step = samples[index].time - samples[index - 1].time;
    if (step > std::chrono::microseconds{0} && step < shortest)
      shortest = std::chrono::round<seconds>(step);
  }
  // A single value has no spacing; AccessLink's is one second.
  return samples.size() < 2 ? seconds{1} : std::max(shortest, seconds{1});
}

bool has_value(const sample_series& series) {
  return std::ranges::any_of(series.values, [](const auto& value) { return value.has_value(); });
}

} // namespace

sample_series* session_axis::series_of(std::int32_t sample_type, seconds interval) {
  const auto [known, is_new] = all_.try_emplace(sample_type);
  auto& series = known->second;
  const auto rate_s = static_cast<std::int32_t>(interval.count());
  if (is_new) {
    series.sample_type = sample_type;
    series.recording_rate_s = rate_s;
  }
  return series.recording_rate_s == rate_s ? &series : nullptr;
}

void session_axis::add_even(std::int32_t sample_type, local_time first,
                            std::chrono::milliseconds interval, const boost::json::array& numbers) {
  const auto step = std::chrono::floor<seconds>(interval);
  if (step != interval || step < seconds{1} || step > interval_max)
    return;
  auto* const series = series_of(sample_type, step);
  const auto place = place_of(first - start_, step);
  if (series == nullptr || place > series_values_max)
    return;
  auto& values = series->values;
  if (place > static_cast<std::int64_t>(values.size()))
    values.resize(static_cast<std::size_t>(place));
  for (const auto& number : numbers)
    if (static_cast<std::int64_t>(values.size()) < series_values_max)
      values.push_back(to_number(number));
}

void session_axis::add_timed(std::int32_t sample_type, const std::vector<timed_value>& samples) {
  if (samples.empty())
    return;
  const auto step = spacing_of(samples);
  auto* const series = series_of(sample_type, step);
  if (series == nullptr)
    return;
  for (const auto& sample : samples) {
    const auto place = place_of(sample.time - start_, step);
    if (place < 0 || place >= series_values_max)
      continue;
    const auto index = static_cast<std::size_t>(place);
    if (index >= series->values.size())
      series->values.resize(index + 1);
    series->values[index] = sample.value;
  }
}

double session_axis::offset_s(local_time time) const {
  return std::chrono::duration<double>{time - start_}.count();
}

std::vector<sample_series> session_axis::take() {
  std::vector<sample_series> taken;
  for (auto& [type, series] : all_)
    if (has_value(series))
      taken.push_back(std::move(series));
  all_.clear();
  return taken;
}

} // namespace polar_flow::polar

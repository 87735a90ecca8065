#include "analytics/training_load.hpp"

#include "analytics/statistics.hpp"
#include "analytics/windows.hpp"

#include <cmath>

namespace polar_flow::analytics {

namespace {

std::optional<fading_mean> honest_mean(std::span<const dated_value> days, double time_constant) {
  const fading_mean result = fade(days, time_constant);
  return result.coverage >= fading_coverage_needed ? std::optional{result} : std::nullopt;
}

week_of_load describe_week(const std::vector<double>& loads) {
  const double level = mean(loads);
  const double deviation = sample_standard_deviation(loads);
  week_of_load week;
  week.total = level * static_cast<double>(loads.size());
  if (deviation > 0) {
    week.monotony = level / deviation;
    week.strain = week.total * *week.monotony;
  }
  return week;
}

std::optional<double> value_on(std::span<const dated_value> values, date day) {
  const auto found = between(values, {.first = day, .last = day});
  return found.empty() ? std::nullopt : std::optional{found.front().value};
}

} // namespace

std::vector<dated_value> daily_loads(std::span<const dated_value> loads,
                                     std::span<const dated_value> ratios) {
  std::vector<dated_value> result;
  result.reserve(loads.size() + ratios.size());
  auto ratio = ratios.begin();
  const auto rest_until = [&](date day) {
    for (; ratio != ratios.end() && ratio->day < day; ++ratio)
      result.push_back({ratio->day, 0.0});
  };
  for (const dated_value& load : loads) {
    rest_until(load.day);
    if (ratio != ratios.end() && ratio->day == load.day)
      ++ratio;
    if (load.value >= 0 && std::isfinite(load.value))
      result.push_back(load);
  }
  rest_until(date::max());
  return result;
}

fading_mean fade(std::span<const dated_value> days, double time_constant_days) {
  double sum = 0;
  double weight = 0;
  date before = days.front().day;
  for (const dated_value& day : days) {
    const double kept =
        std::exp(-static_cast<double>((day.day - before).count()) / time_constant_days);
    sum = sum * kept + day.value;
    weight = weight * kept + 1.0;
    before = day.day;
  }
  return {.value = sum / weight, .coverage = -std::expm1(-1.0 / time_constant_days) * weight};
}

load_standing assess_load(std::span<const dated_value> daily, std::span<const dated_value> ratios,
                          date today) {
  load_standing standing;
  const auto known = between(daily, {.first = date::min(), .last = today - std::chrono::days{1}});
  const auto newest_day = newest(known);
  if (!newest_day || today - newest_day->day > newest_load_age)
    return standing;
  standing.as_of = newest_day->day;
  standing.ctl = honest_mean(known, ctl_days);
  standing.atl = honest_mean(known, atl_days);
  if (standing.ctl && standing.atl)
    standing.tsb = standing.ctl->value - standing.atl->value;
  const std::vector<double> week =
      numbers(between(known, days_until(newest_day->day, foster_week)));
  standing.week_days_known = static_cast<std::int32_t>(week.size());
  if (week.size() == static_cast<std::size_t>(foster_week.count()))
    standing.week = describe_week(week);
  standing.polar_ratio = value_on(ratios, newest_day->day);
  return standing;
}

} // namespace polar_flow::analytics

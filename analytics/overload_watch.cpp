#include "analytics/overload_watch.hpp"

#include "analytics/training_load.hpp"
#include "analytics/windows.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace polar_flow::analytics {

namespace {

using std::chrono::days;

/// The values of a range of days that moves forward.
class moving_window {
public:
  explicit moving_window(std::span<const dated_value> values) : values_{values} {
    // nop
  }

  std::span<const dated_value> over(date_range range) {
    while (end_ < values_.size() && values_[end_].day <= range.last)
      ++end_;
    while (begin_ < end_ && values_[begin_].day < range.first)
      ++begin_;
    return values_.subspan(begin_, end_ - begin_);
  }

private:
  std::span<const dated_value> values_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

/// Summed anew for every day: a sum that is carried along keeps a trace of what has left it.
std::optional<double> mean_of(std::span<const dated_value> values, std::size_t needed) {
  if (values.size() < needed)
    return std::nullopt;
  double sum = 0;
  for (const auto& each : values)
    sum += each.value;
  return sum / static_cast<double>(values.size());
}

bool has_usual_week(std::span<const dated_value> before) {
  const auto sessions
      = std::ranges::count_if(before, [](const dated_value& each) { return each.value > 0; });
  return static_cast<std::size_t>(sessions) >= overload_sessions_needed;
}

} // namespace

void overload_watch::see(const training_day& day) {
  if (last_day_)
    usual_ratio_ln_.fade(
        std::exp(-static_cast<double>((day.day - *last_day_).count()) / overload_memory_days));
  last_day_ = day.day;
  strain_ = day.strain;
  ratio_ = deviation_ = std::nullopt;
  judged_by_ = std::nullopt;
  // Who did not train has no ratio, and nothing to compare a week with.
  if (!day.week || !day.usual) {
    enter(overload_state::learning, day.day);
    return;
  }
  ratio_ = *day.week / *day.usual;
  const double logarithm = std::log(std::max(*ratio_, least_ratio));
  judged_by_ = usual_ratio_ln_.known(overload_needs);
  if (judged_by_)
    deviation_ = judged_by_->deviation(logarithm);
  lessons_.push_back({.day = day.day, .ratio_ln = usual_ratio_ln_.learn(logarithm)});
  if (!deviation_) {
    enter(overload_state::learning, day.day);
    return;
  }
  const bool is_on = state_ == overload_state::overload;
  if (is_on ? *ratio_ >= settings_.ends_below : begins())
    enter(overload_state::overload, day.day);
  else
    enter(overload_state::usual, day.day);
}

bool overload_watch::begins() const {
  if (*ratio_ < settings_.ratio_from)
    return false;
  if (!strain_)
    return *deviation_ >= settings_.deviation_alone_from;
  return *deviation_ >= settings_.deviation_from && *strain_ >= settings_.strain_from;
}

void overload_watch::enter(overload_state next, date day) {
  if (next == state_)
    return;
  state_ = next;
  since_ = day;
}

std::span<const dated_value> finished_days(std::span<const dated_value> daily, date today) {
  const auto known = between(daily, days_until(today - days{1}, overload_reach));
  const bool is_old = known.empty() || today - known.back().day > newest_load_age;
  return is_old ? std::span<const dated_value>{} : known;
}

std::vector<training_day> training_days(std::span<const dated_value> daily,
                                        std::span<const dated_value> strains) {
  std::vector<training_day> result;
  result.reserve(daily.size());
  moving_window week{daily};
  moving_window usual{daily};
  moving_window nights{strains};
  for (const auto& each : daily) {
    training_day& made = result.emplace_back();
    made.day = each.day;
    made.week = mean_of(week.over(days_until(each.day, overload_week)), overload_week_needed);
    const auto before = usual.over(days_until(each.day - overload_week, overload_usual));
    if (has_usual_week(before))
      made.usual = mean_of(before, overload_usual_needed);
    made.strain = mean_of(nights.over(days_until(each.day + days{1}, strain_nights)),
                          strain_nights_needed);
  }
  return result;
}

overload_standing watch_overload(std::span<const dated_value> daily,
                                 std::span<const dated_value> strains, date today) {
  const auto known = finished_days(daily, today);
  if (known.empty())
    return {};
  overload_watch watch;
  const auto all = training_days(known, between(strains, {date::min(), today}));
  for (const auto& day : all)
    watch.see(day);
  return {.as_of = known.back().day,
          .state = watch.state(),
          .since = watch.since(),
          .week_load = all.back().week,
          .usual_load = all.back().usual,
          .ratio = watch.ratio(),
          .deviation = watch.deviation(),
          .strain = all.back().strain};
}

} // namespace polar_flow::analytics

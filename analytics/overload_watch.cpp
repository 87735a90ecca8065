#include "analytics/overload_watch.hpp"

#include "analytics/training_load.hpp"
#include "analytics/windows.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace polar_flow::analytics {

namespace {

using std::chrono::days;

/// A week without training has no logarithm; a tenth of the usual stands for it.
constexpr double least_ratio = 0.1;

/// The mean over a window that moves forward.
class moving_mean {
public:
  explicit moving_mean(std::span<const dated_value> daily) : daily_{daily} {
    // nop
  }

  std::optional<double> over(date_range range, std::size_t needed) {
    for (; end_ < daily_.size() && daily_[end_].day <= range.last; ++end_)
      sum_ += daily_[end_].value;
    for (; begin_ < end_ && daily_[begin_].day < range.first; ++begin_)
      sum_ -= daily_[begin_].value;
    const auto count = end_ - begin_;
    return count < needed ? std::nullopt : std::optional{sum_ / static_cast<double>(count)};
  }

private:
  std::span<const dated_value> daily_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  double sum_ = 0;
};

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
  if (!day.week || !day.usual || *day.usual <= 0) {
    enter(overload_state::learning, day.day);
    return;
  }
  ratio_ = *day.week / *day.usual;
  const double logarithm = std::log(std::max(*ratio_, least_ratio));
  judged_by_ = usual_ratio_ln_.known(overload_weight_needed);
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
  moving_mean week{daily};
  moving_mean usual{daily};
  moving_mean strain{strains};
  for (const auto& each : daily)
    result.push_back(
        {.day = each.day,
         .week = week.over(days_until(each.day, overload_week), overload_week_needed),
         .usual = usual.over(days_until(each.day - overload_week, overload_usual),
                             overload_usual_needed),
         .strain = strain.over(days_until(each.day + days{1}, strain_nights),
                               strain_nights_needed)});
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

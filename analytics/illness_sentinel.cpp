#include "analytics/illness_sentinel.hpp"

#include "analytics/comparisons.hpp"
#include "analytics/windows.hpp"

#include <algorithm>
#include <cmath>

namespace polar_flow::analytics {

namespace {

using std::chrono::days;

constexpr days year{365};

constexpr std::array<signal_traits, signal_count> all_traits{{
    {"heart_rate", "1/min", +1.0, 1.0},
    {"hrv", "ln(ms)", -1.0, 0.05},
    {"breathing_rate", "1/min", +1.0, 0.2},
    {"skin_temperature", "°C", +1.0, 0.1},
}};

constexpr std::array corroborating{overnight_signal::breathing_rate,
                                   overnight_signal::skin_temperature};

/// What a signal keeps of its weight over so many days; nearly always over one.
double kept_over(days passed) {
  static const double one_day = std::exp(-1.0 / sentinel_memory_days);
  if (passed == days{1})
    return one_day;
  return std::exp(-static_cast<double>(passed.count()) / sentinel_memory_days);
}

double limited(double deviation) {
  return std::clamp(deviation, -deviation_limit, deviation_limit);
}

template <class Array>
const auto& at(const Array& values, overnight_signal signal) {
  return values[static_cast<std::size_t>(signal)];
}

std::optional<double> heart_strain(const night_evidence& evidence) {
  const auto& rate = at(evidence.deviations, overnight_signal::heart_rate);
  const auto& hrv = at(evidence.deviations, overnight_signal::hrv);
  if (!rate || !hrv)
    return std::nullopt;
  return (limited(*rate) + limited(*hrv)) / 2;
}

illness_standing describe(const illness_sentinel& sentinel, date newest_day) {
  const auto& signals = sentinel.last_signals();
  return {.as_of = newest_day,
          .state = sentinel.state(),
          .since = sentinel.since(),
          .evidence = sentinel.last_evidence().evidence,
          .heart_rate_bpm = at(signals, overnight_signal::heart_rate),
          .hrv_ln = at(signals, overnight_signal::hrv),
          .breaths_per_minute = at(signals, overnight_signal::breathing_rate),
          .skin_temperature_celsius = at(signals, overnight_signal::skin_temperature),
          .alarms_last_year = sentinel.alarms_since(newest_day - year)};
}

} // namespace

const signal_traits& traits_of(overnight_signal signal) {
  return all_traits[static_cast<std::size_t>(signal)];
}

illness_sentinel::illness_sentinel(const sentinel_settings& settings, lesson_keeping keeping)
    : settings_{settings}, keeping_{keeping} {
  forget();
}

void illness_sentinel::see(const overnight& night) {
  const auto passed = last_night_ ? night.day - *last_night_ : days{0};
  for (auto& signal : usual_)
    signal.fade(kept_over(passed));
  usual_composite_.fade(kept_over(passed));
  last_night_ = night.day;
  if (is_in_episode() && night.day - *since_ > longest_episode) {
    forget();
    enter(illness_state::learning, night.day);
  }
  const bool has_waited_too_long = judged_ && night.day - *judged_ > longest_wait;
  if (has_waited_too_long && state_ != illness_state::learning)
    enter(illness_state::well, night.day);
  judge(night);
  move(night.day);
  // What an illness does is not usual.
  if (!is_in_episode())
    learn(night);
}

void illness_sentinel::forget() {
  usual_.clear();
  for (const auto& traits : all_traits)
    usual_.emplace_back(traits.least_spread);
  usual_composite_ = fading_spread{least_evidence_spread};
  lessons_.clear();
}

void illness_sentinel::judge(const overnight& night) {
  evidence_ = {};
  signals_ = {};
  double sum = 0;
  std::size_t count = 0;
  for (std::size_t index = 0; index < signal_count; ++index) {
    const auto& value = night.signals[index];
    const auto usual = usual_[index].known(needed(signal_needs));
    if (!value || !usual)
      continue;
    const double deviation = all_traits[index].sign * usual->deviation(*value);
    evidence_.deviations[index] = deviation;
    signals_[index] = {.value = *value,
                       .usual = usual->level,
                       .spread = usual->spread,
                       .deviation = deviation};
    sum += limited(deviation);
    ++count;
  }
  if (count < signals_needed)
    return;
  evidence_.composite = sum / static_cast<double>(count);
  evidence_.composite_usual = usual_composite_.known(needed(composite_needs));
  if (evidence_.composite_usual)
    evidence_.evidence = evidence_.composite_usual->deviation(*evidence_.composite);
}

void illness_sentinel::learn(const overnight& night) {
  lesson made{.day = night.day, .signals = {}, .composite = std::nullopt};
  for (std::size_t index = 0; index < signal_count; ++index)
    if (const auto& value = night.signals[index])
      made.signals[index] = usual_[index].learn(*value);
  if (evidence_.composite)
    made.composite = usual_composite_.learn(*evidence_.composite);
  if (keeping_ == lesson_keeping::all)
    lessons_.push_back(made);
}

void illness_sentinel::move(date day) {
  const auto& evidence = evidence_.evidence;
  if (!evidence) {
    // Somebody of whom too little is known is not called well.
    if (state_ == illness_state::well && !is_judging())
      enter(illness_state::learning, day);
    return;
  }
  const bool is_raised = *evidence >= settings_.suspected_from;
  const bool is_ordinary = *evidence < settings_.ordinary_below;
  switch (state_) {
  case illness_state::learning:
  case illness_state::well:
  case illness_state::suspected:
    if (is_alarm(day)) {
      alarms_.push_back(day);
      enter(illness_state::ill, day);
    } else if (is_raised) {
      enter(illness_state::suspected, day);
    } else {
      enter(illness_state::well, day);
    }
    break;
  case illness_state::ill:
    if (is_ordinary)
      state_ = illness_state::recovering;
    break;
  case illness_state::recovering:
    if (is_ordinary)
      enter(illness_state::well, day);
    else if (is_raised)
      state_ = illness_state::ill;
    break;
  }
  judged_ = day;
  evidence_before_ = *evidence;
}

bool illness_sentinel::is_in_episode() const {
  return state_ == illness_state::ill || state_ == illness_state::recovering;
}

bool illness_sentinel::is_alarm(date day) const {
  if (!is_agreed_upon() || !is_corroborated())
    return false;
  const bool is_spent = alarms_since(day - year) >= settings_.alarm_budget_per_year;
  const double factor = is_spent ? settings_.factor_beyond_budget : 1.0;
  const double evidence = *evidence_.evidence;
  if (evidence >= factor * settings_.alarm_from)
    return true;
  return state_ == illness_state::suspected && evidence >= settings_.suspected_from
         && evidence + evidence_before_ >= factor * settings_.pair_alarm_from;
}

bool illness_sentinel::is_agreed_upon() const {
  const auto agreeing = std::ranges::count_if(evidence_.deviations, [this](const auto& deviation) {
    return deviation && *deviation >= settings_.agreeing_from;
  });
  return static_cast<std::size_t>(agreeing) >= signals_needed;
}

bool illness_sentinel::is_corroborated() const {
  bool is_any_known = false;
  for (const auto signal : corroborating) {
    const auto& deviation = at(evidence_.deviations, signal);
    if (deviation && *deviation >= settings_.corroborated_from)
      return true;
    is_any_known = is_any_known || at(usual_, signal).known(needed(signal_needs)).has_value();
  }
  return !is_any_known;
}

/// Whether a night with all its signals could be judged.
bool illness_sentinel::is_judging() const {
  const auto known = std::ranges::count_if(usual_, [this](const fading_spread& signal) {
    return signal.known(needed(signal_needs)).has_value();
  });
  return static_cast<std::size_t>(known) >= signals_needed
         && usual_composite_.known(needed(composite_needs)).has_value();
}

fading_spread::needs illness_sentinel::needed(fading_spread::needs least) const {
  if (is_in_episode())
    least.weight *= part_needed_in_episode;
  return least;
}

void illness_sentinel::enter(illness_state next, date day) {
  if (next == state_)
    return;
  state_ = next;
  since_ = day;
}

std::int32_t illness_sentinel::alarms_since(date day) const {
  const auto count = std::ranges::count_if(alarms_, [day](date alarm) { return alarm > day; });
  return static_cast<std::int32_t>(count);
}

// -- for one user ----------------------------------------------------------------------------

std::vector<overnight> overnights_of(const analytics_window& window, date today, days reach) {
  const auto looked_at = days_until(today, reach);
  const std::array series{between(window.resting_heart_rate_bpm, looked_at),
                          between(window.hrv_rmssd_ms, looked_at),
                          between(window.breaths_per_minute, looked_at),
                          between(window.skin_temperature_celsius, looked_at)};
  std::array<std::size_t, signal_count> next{};
  std::vector<overnight> nights;
  for (;;) {
    std::optional<date> day;
    for (std::size_t index = 0; index < signal_count; ++index)
      if (next[index] < series[index].size())
        day = std::min(day.value_or(date::max()), series[index][next[index]].day);
    if (!day)
      return nights;
    overnight& night = nights.emplace_back();
    night.day = *day;
    for (std::size_t index = 0; index < signal_count; ++index)
      if (next[index] < series[index].size() && series[index][next[index]].day == *day)
        night.signals[index] = series[index][next[index]++].value;
    auto& hrv = night.signals[static_cast<std::size_t>(overnight_signal::hrv)];
    if (hrv)
      hrv = std::log(*hrv);
  }
}

sentinel_report watch_nights(std::span<const overnight> nights, date today) {
  sentinel_report report;
  illness_sentinel sentinel;
  report.heart_strains.reserve(nights.size());
  for (const overnight& night : nights) {
    sentinel.see(night);
    if (const auto strain = heart_strain(sentinel.last_evidence()))
      report.heart_strains.push_back({night.day, *strain});
  }
  if (!nights.empty() && today - nights.back().day <= newest_usable_age)
    report.standing = describe(sentinel, nights.back().day);
  return report;
}

} // namespace polar_flow::analytics

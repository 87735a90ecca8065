#include "analytics/explain_alarms.hpp"

#include "analytics/comparisons.hpp"
#include "analytics/illness_sentinel.hpp"
#include "analytics/overload_watch.hpp"
#include "analytics/training_load.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <vector>

namespace polar_flow::analytics {

namespace {

constexpr std::array all_signals{overnight_signal::heart_rate, overnight_signal::hrv,
                                 overnight_signal::breathing_rate,
                                 overnight_signal::skin_temperature};

/// What a level and a spread are made of.
struct learned_rows {
  std::vector<dated_value> values;
  std::vector<dated_value> residuals;

  void add(date day, const fading_spread::learned& lesson) {
    values.push_back({day, lesson.value});
    if (lesson.residual)
      residuals.push_back({day, *lesson.residual});
  }
};

/// The rows and the two figures of a fading level and spread.
void explain_spread(explanation_writer& out, const std::string& name, const std::string& unit,
                    const learned_rows& learned,
                    const std::optional<fading_spread::usual>& usual) {
  const std::string weights = "exp(−a/memory_days)";
  out.rows(name + "_learned", unit, learned.values)
      .rows(name + "_residuals", unit, learned.residuals)
      .figure(name + "_usual", usual ? std::optional{usual->level} : std::nullopt, unit,
              "Σ " + name + "_learned · " + weights + " / Σ " + weights
                  + ", age a in days on the newest day")
      .figure(name + "_spread", usual ? std::optional{usual->spread} : std::nullopt, unit,
              "√(Σ " + name + "_residuals² · " + weights + " / Σ " + weights
                  + "), at least least_" + name + "_spread");
}

/// The largest deviation of what the heart alone does not move.
std::optional<double> corroboration(const night_evidence& evidence) {
  const auto breathing =
      evidence.deviations[static_cast<std::size_t>(overnight_signal::breathing_rate)];
  const auto skin =
      evidence.deviations[static_cast<std::size_t>(overnight_signal::skin_temperature)];
  return breathing && skin ? std::max(breathing, skin) : (breathing ? breathing : skin);
}

/// What the second largest deviation is: so far do two signals agree.
double agreement_of(const night_evidence& evidence) {
  std::vector<double> known;
  for (const auto& deviation : evidence.deviations)
    if (deviation)
      known.push_back(*deviation);
  std::ranges::sort(known, std::greater{});
  return known.at(signals_needed - 1);
}

/// Every night that was judged, as the state machine sees it.
struct machine_input {
  std::vector<dated_value> evidence;
  std::vector<dated_value> agreement;
  std::vector<dated_value> corroboration;

  void add(date day, const night_evidence& judged) {
    if (!judged.evidence)
      return;
    evidence.push_back({day, *judged.evidence});
    agreement.push_back({day, agreement_of(judged)});
    if (const auto value = analytics::corroboration(judged))
      corroboration.push_back({day, *value});
  }
};

void explain_limits(explanation_writer& out) {
  constexpr sentinel_settings limits;
  out.setting("memory_days", sentinel_memory_days)
      .setting("deviation_limit", deviation_limit)
      .setting("least_composite_spread", least_evidence_spread)
      .setting("suspected_from", limits.suspected_from)
      .setting("alarm_from", limits.alarm_from)
      .setting("pair_alarm_from", limits.pair_alarm_from)
      .setting("corroborated_from", limits.corroborated_from)
      .setting("agreeing_from", limits.agreeing_from)
      .setting("ordinary_below", limits.ordinary_below)
      .setting("longest_wait_days", static_cast<double>(longest_wait.count()))
      .setting("longest_episode_days", static_cast<double>(longest_episode.count()))
      .setting("alarm_budget_per_year", limits.alarm_budget_per_year)
      .setting("factor_beyond_budget", limits.factor_beyond_budget);
  for (const auto signal : all_signals)
    out.setting(std::string{"least_"} + traits_of(signal).name + "_spread",
                traits_of(signal).least_spread);
}

void explain_signal(explanation_writer& out, overnight_signal which,
                    const illness_sentinel& sentinel, date newest_day) {
  const auto index = static_cast<std::size_t>(which);
  const auto& signal = sentinel.last_signals()[index];
  if (!signal)
    return;
  const auto& traits = traits_of(which);
  const std::string name = traits.name;
  learned_rows learned;
  for (const auto& lesson : sentinel.lessons())
    if (lesson.day < newest_day && lesson.signals[index])
      learned.add(lesson.day, *lesson.signals[index]);
  explain_spread(out, name, traits.unit, learned,
                 fading_spread::usual{.level = signal->usual, .spread = signal->spread});
  const std::string distance = traits.sign > 0 ? "(" + name + " − " + name + "_usual)"
                                               : "(" + name + "_usual − " + name + ")";
  out.figure(name, signal->value, traits.unit,
             which == overnight_signal::hrv ? "ln of the newest night's rMSSD in ms"
                                            : "the newest night's value")
      .figure(name + "_deviation", signal->deviation, "",
              distance + " / " + name + "_spread, positive towards illness");
}

void explain_composite(explanation_writer& out, const illness_sentinel& sentinel,
                       date newest_day) {
  learned_rows learned;
  for (const auto& lesson : sentinel.lessons())
    if (lesson.day < newest_day && lesson.composite)
      learned.add(lesson.day, *lesson.composite);
  const auto& judged = sentinel.last_evidence();
  explain_spread(out, "composite", "", learned, judged.composite_usual);
  out.figure("composite", judged.composite, "",
             "mean of the deviations, each within ± deviation_limit, from two signals on")
      .figure("evidence", judged.evidence, "",
              "(composite − composite_usual) / composite_spread");
}

} // namespace

void explain_illness(explanation_writer& out, const analytics_window& known, date today) {
  explain_limits(out);
  const auto nights = overnights_of(known, today);
  if (nights.empty() || today - nights.back().day > newest_usable_age)
    return;
  illness_sentinel sentinel{{}, lesson_keeping::all};
  machine_input input;
  for (const auto& night : nights) {
    sentinel.see(night);
    input.add(night.day, sentinel.last_evidence());
  }
  const date newest_day = nights.back().day;
  for (const auto signal : all_signals)
    explain_signal(out, signal, sentinel, newest_day);
  if (sentinel.last_evidence().composite)
    explain_composite(out, sentinel, newest_day);
  out.rows("evidence_by_night", "", input.evidence)
      .rows("agreement_by_night", "", input.agreement)
      .rows("corroboration_by_night", "", input.corroboration)
      .figure("alarms_last_year", sentinel.alarms_since(newest_day - std::chrono::days{365}),
              "alarms",
              "nights of the last 365 on which the states that docs/analytics.md describes came to "
              "ill, run over evidence_by_night, agreement_by_night (the second largest deviation) "
              "and corroboration_by_night (the larger of breathing rate and skin temperature); "
              "where they end is state and since");
}

void explain_overload(explanation_writer& out, const analytics_window& known, date today) {
  constexpr overload_settings limits;
  out.setting("memory_days", overload_memory_days)
      .setting("least_ratio_ln_spread", least_ratio_spread_ln)
      .setting("least_ratio", least_ratio)
      .setting("ratio_from", limits.ratio_from)
      .setting("deviation_from", limits.deviation_from)
      .setting("strain_from", limits.strain_from)
      .setting("deviation_alone_from", limits.deviation_alone_from)
      .setting("ends_below", limits.ends_below);
  const auto daily = daily_loads(known.training_load, known.training_load_ratio);
  const auto report = watch_nights(overnights_of(known, today), today);
  const auto known_days = finished_days(daily, today);
  if (known_days.empty())
    return;
  overload_watch watch;
  const auto days = training_days(known_days, report.heart_strains);
  for (const auto& day : days)
    watch.see(day);
  const date newest_day = known_days.back().day;
  learned_rows learned;
  for (const auto& lesson : watch.lessons())
    if (lesson.day < newest_day)
      learned.add(lesson.day, lesson.ratio_ln);
  const std::string load = "load";
  out.window("week", load, known_days, days_until(newest_day, overload_week))
      .window("usual", load, known_days, days_until(newest_day - overload_week, overload_usual))
      .window("heart_strains", "", report.heart_strains,
              days_until(newest_day + std::chrono::days{1}, strain_nights))
      .figure("week_load", days.back().week, load, "mean(week), from 6 known days on")
      .figure("usual_load", days.back().usual, load,
              "mean(usual), from 21 known days on, 4 of them with training")
      .figure("ratio", watch.ratio(), "ratio", "week_load / usual_load");
  explain_spread(out, "ratio_ln", "ln(ratio)", learned, watch.usual_ratio_ln());
  out.figure("deviation", watch.deviation(), "",
             "(ln(max(ratio, least_ratio)) − ratio_ln_usual) / ratio_ln_spread")
      .figure("strain", days.back().strain, "",
              "mean(heart_strains), from 2 nights on; each the mean deviation of heart rate and "
              "HRV of a night, see illness");
}

} // namespace polar_flow::analytics

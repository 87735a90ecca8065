// Goal: whoever recomputes an alarm from its explanation gets the figures that are shown. Method:
// as in explain_test.cpp; the states are run over the explained nights a second time.
#define BOOST_TEST_DYN_LINK
#include "tests/analytics/explained.hpp"

#include <map>

using namespace polar_flow;
using namespace polar_flow::analytics;
using namespace polar_flow::testing::explaining;

namespace {

struct alarms_fixture : explained_fixture {
  /// Mean of what `made` holds for each row, fading with the row's age on `day`.
  double fading(const std::string& name, date day, double power) const {
    double sum = 0;
    double weight = 0;
    for (const auto& row : set(name).rows) {
      const auto age = static_cast<double>((day - row.day).count());
      const double kept = std::exp(-age / setting("memory_days"));
      sum += std::pow(row.value, power) * kept;
      weight += kept;
    }
    return sum / weight;
  }

  void check_spread(const std::string& name, date day) const {
    check_near(fading(name + "_learned", day, 1), figure(name + "_usual"));
    check_near(std::max(std::sqrt(fading(name + "_residuals", day, 2)),
                        setting("least_" + name + "_spread")),
               figure(name + "_spread"));
  }

  double judged(const std::string& name, double sign) const {
    return sign * (figure(name) - figure(name + "_usual")) / figure(name + "_spread");
  }

  /// Alarms of the states of docs/analytics.md, over the explained nights.
  int alarms_by_hand() const {
    const auto by_day = [&](const std::string& name) {
      std::map<date, double> rows;
      for (const auto& row : set(name).rows)
        rows[row.day] = row.value;
      return rows;
    };
    const auto beside = by_day("corroboration_by_night");
    const auto agreeing = by_day("agreement_by_night");
    const days wait{static_cast<int>(setting("longest_wait_days"))};
    const days episode{static_cast<int>(setting("longest_episode_days"))};
    int alarms = 0;
    std::string state = "well";
    date before{};
    date since{};
    double evidence_before = 0;
    for (const auto& [day, evidence] : set("evidence_by_night").rows) {
      const bool is_on = state == "ill" || state == "recovering";
      if (day - before > wait || (is_on && day - since > episode))
        state = "well";
      const bool is_raised = evidence >= setting("suspected_from");
      const bool is_ordinary = evidence < setting("ordinary_below");
      const bool is_alarm = beside.contains(day)
                            && beside.at(day) >= setting("corroborated_from")
                            && agreeing.at(day) >= setting("agreeing_from")
                            && (evidence >= setting("alarm_from")
                                || (state == "suspected" && is_raised
                                    && evidence + evidence_before >= setting("pair_alarm_from")));
      if (state == "ill" || state == "recovering") {
        if (is_ordinary)
          state = state == "ill" ? "recovering" : "well";
        else if (is_raised)
          state = "ill";
      } else if (is_alarm) {
        state = "ill";
        since = day;
        ++alarms;
      } else {
        state = is_raised ? "suspected" : "well";
      }
      before = day;
      evidence_before = evidence;
    }
    return alarms;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(explained_alarms, alarms_fixture)

BOOST_AUTO_TEST_CASE(illness_follows_from_its_nights) {
  // Two days of fever, ten weeks ago and now.
  for (auto* values : {&window.resting_heart_rate_bpm, &window.breaths_per_minute,
                       &window.skin_temperature_celsius})
    for (auto& night : *values)
      if (night.day > today - days{2} || (night.day > today - days{72}
                                          && night.day < today - days{68}))
        night.value *= 1.4;
  shown = analyse(window, today, now);
  const auto& illness = shown.today.alarms.illness;
  about(explained::illness);
  const date newest_day = illness.as_of.value();
  for (const auto* name : {"heart_rate", "hrv", "breathing_rate", "skin_temperature"})
    check_spread(name, newest_day);
  check_near(judged("heart_rate", 1), illness.heart_rate_bpm->deviation);
  check_near(judged("hrv", -1), illness.hrv_ln->deviation);
  check_near(judged("breathing_rate", 1), illness.breaths_per_minute->deviation);
  check_near(judged("skin_temperature", 1), illness.skin_temperature_celsius->deviation);
  double sum = 0;
  for (const auto* name : {"heart_rate", "hrv", "breathing_rate", "skin_temperature"})
    sum += std::clamp(figure(std::string{name} + "_deviation"), -setting("deviation_limit"),
                      setting("deviation_limit"));
  check_near(sum / 4, figure("composite"));
  check_spread("composite", newest_day);
  check_near((figure("composite") - figure("composite_usual")) / figure("composite_spread"),
             illness.evidence.value());
  check_near(set("evidence_by_night").rows.back().value, illness.evidence.value());
  BOOST_TEST((illness.state == illness_state::ill));
  BOOST_TEST(illness.alarms_last_year == 2);
  BOOST_TEST(alarms_by_hand() == illness.alarms_last_year);
  BOOST_TEST(figure("alarms_last_year") == illness.alarms_last_year);
}

BOOST_AUTO_TEST_CASE(a_week_of_rest_is_explained_too) {
  for (auto& load : window.training_load)
    if (load.day > today - days{9})
      load.value = 0;
  shown = analyse(window, today, now);
  const auto& overload = shown.today.alarms.overload;
  BOOST_TEST(overload.ratio.value() == 0.0);
  about(explained::overload);
  check_near((std::log(setting("least_ratio")) - figure("ratio_ln_usual"))
                 / figure("ratio_ln_spread"),
             overload.deviation.value());
}

BOOST_AUTO_TEST_CASE(overload_follows_from_its_days) {
  const auto& overload = shown.today.alarms.overload;
  about(explained::overload);
  const date newest_day = overload.as_of.value();
  check_near(mean_of(values("week")), overload.week_load.value());
  check_near(mean_of(values("usual")), overload.usual_load.value());
  check_near(figure("week_load") / figure("usual_load"), overload.ratio.value());
  check_spread("ratio_ln", newest_day);
  const double logarithm = std::log(std::max(figure("ratio"), setting("least_ratio")));
  check_near((logarithm - figure("ratio_ln_usual")) / figure("ratio_ln_spread"),
             overload.deviation.value());
  check_near(mean_of(values("heart_strains")), overload.strain.value());
  BOOST_TEST((set("week").window->last == newest_day));
  BOOST_TEST((set("usual").window->last < set("week").window->first));
}

BOOST_AUTO_TEST_SUITE_END()

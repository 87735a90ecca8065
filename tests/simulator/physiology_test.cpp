#define BOOST_TEST_DYN_LINK
#include "simulator/episodes.hpp"
#include "simulator/physiology.hpp"
#include "simulator/training.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <vector>

using namespace polar_flow;
using namespace polar_flow::simulator;
using std::chrono::days;

namespace {

const date_range two_years{date{std::chrono::year{2024} / 6 / 3},
                           date{std::chrono::year{2026} / 6 / 2}};

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values)
    sum += value;
  return sum / static_cast<double>(values.size());
}

double deviation(const std::vector<double>& values) {
  const double middle = mean(values);
  double squares = 0;
  for (const double value : values)
    squares += (value - middle) * (value - middle);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

double correlation(const std::vector<double>& left, const std::vector<double>& right) {
  const double left_mean = mean(left);
  const double right_mean = mean(right);
  double sum = 0;
  for (std::size_t i = 0; i < left.size(); ++i)
    sum += (left[i] - left_mean) * (right[i] - right_mean);
  return sum / static_cast<double>(left.size() - 1) / deviation(left) / deviation(right);
}

} // namespace

BOOST_AUTO_TEST_SUITE(body)

BOOST_AUTO_TEST_CASE(a_day_does_not_depend_on_the_range) {
  const auto who = make_athlete(1, first_athlete_id + 2);
  const auto all = conditions(who, two_years);
  BOOST_TEST(all.size() == 730U);
  for (const std::size_t i : {0U, 1U, 300U, 729U}) {
    const auto day = two_years.first + days{i};
    const auto alone = conditions(who, {day, day}).front();
    BOOST_TEST((alone.day == day));
    BOOST_TEST(alone.ln_rmssd == all[i].ln_rmssd);
    BOOST_TEST(alone.fitness == all[i].fitness);
    BOOST_TEST(alone.ans_charge == all[i].ans_charge);
  }
  BOOST_TEST(conditions(who, {two_years.last, two_years.first}).empty());
}

BOOST_AUTO_TEST_CASE(variability_is_that_of_the_literature) {
  for (std::int64_t id = first_athlete_id; id < first_athlete_id + 10; ++id) {
    const auto who = make_athlete(1, id);
    std::vector<double> hrv;
    std::vector<double> heart_rate;
    for (const auto& state : conditions(who, two_years)) {
      if (state.illness_severity > 0.0)
        continue;
      hrv.push_back(state.ln_rmssd);
      heart_rate.push_back(state.heart_rate_bpm);
    }
    // Plews et al. 2013: coefficient of variation of ln rMSSD about 3 to 8 %; resting heart rate
    // of healthy sleepers varies by 1 to 3 beats.
    const double variation = 100.0 * deviation(hrv) / mean(hrv);
    BOOST_TEST((variation > 2.5 && variation < 8.0), id << ": " << variation << " %");
    BOOST_TEST((deviation(heart_rate) > 1.0 && deviation(heart_rate) < 3.0));
    BOOST_TEST(correlation(hrv, heart_rate) < -0.2);
  }
}

BOOST_AUTO_TEST_CASE(load_lowers_hrv_on_the_next_morning) {
  const auto who = make_athlete(1, first_athlete_id);
  std::vector<double> load;
  std::vector<double> hrv;
  std::vector<double> heart_rate;
  for (const auto& state : conditions(who, two_years)) {
    load.push_back(load_on(who, state.day - days{1}) + 0.5 * state.fatigue * who.usual_load);
    hrv.push_back(state.ln_rmssd);
    heart_rate.push_back(state.heart_rate_bpm);
  }
  BOOST_TEST(correlation(load, hrv) < -0.15);
  BOOST_TEST(correlation(load, heart_rate) > 0.15);
}

BOOST_AUTO_TEST_CASE(short_nights_lower_hrv) {
  const auto who = make_athlete(1, first_athlete_id + 1);
  std::vector<double> short_nights;
  std::vector<double> other_nights;
  for (const auto& state : conditions(who, two_years)) {
    if (state.illness_severity > 0.0)
      continue;
    const bool is_short = night_before(who, state.day).surplus_h < -1.2;
    (is_short ? short_nights : other_nights).push_back(state.ln_rmssd);
  }
  BOOST_TEST(short_nights.size() > 15U);
  BOOST_TEST(mean(short_nights) < mean(other_nights) - 0.04);
}

BOOST_AUTO_TEST_CASE(illness_and_overload_stand_out) {
  double sick_hrv = 0;
  double sick_heart_rate = 0;
  double sick_breathing = 0;
  double strained_hrv = 0;
  int sick_days = 0;
  int strained_days = 0;
  for (std::int64_t id = first_athlete_id; id < first_athlete_id + 10; ++id) {
    const auto who = make_athlete(1, id);
    for (const auto& state : conditions(who, two_years)) {
      if (state.illness_severity > 0.6) {
        ++sick_days;
        sick_hrv += state.ln_rmssd - who.ln_rmssd;
        sick_heart_rate += state.heart_rate_bpm - who.heart_rate_night_bpm;
        sick_breathing += state.breaths_per_minute - who.breaths_per_minute;
      }
      if (is_overload_day(who, state.day) && is_overload_day(who, state.day - days{3})) {
        ++strained_days;
        strained_hrv += state.ln_rmssd - who.ln_rmssd;
      }
    }
  }
  BOOST_TEST((sick_days > 200 && strained_days > 200));
  BOOST_TEST(sick_hrv / sick_days < -0.2);
  BOOST_TEST(sick_heart_rate / sick_days > 4.0);
  BOOST_TEST(sick_breathing / sick_days > 1.2);
  BOOST_TEST(strained_hrv / strained_days < -0.1);
}

BOOST_AUTO_TEST_CASE(nights_are_nights) {
  for (std::int64_t id = first_athlete_id; id < first_athlete_id + 10; ++id) {
    const auto who = make_athlete(1, id);
    int recorded = 0;
    for (date day = two_years.first; day <= two_years.last; day += days{1}) {
      const auto timing = night_before(who, day);
      BOOST_TEST((timing.epochs >= 300 && timing.epochs <= 1400));
      BOOST_TEST((day_of(timing.end()) == day));
      BOOST_TEST((timing.start > midnight(day) - std::chrono::hours{4}));
      BOOST_TEST((timing.start < midnight(day) + std::chrono::hours{5}));
      recorded += is_night_recorded(who, day) ? 1 : 0;
    }
    // 4 % of the nights and those of the forgotten days are missing.
    BOOST_TEST((recorded > 730 * 0.88 && recorded < 730 * 0.985));
  }
}

BOOST_AUTO_TEST_SUITE_END()

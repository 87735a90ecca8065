#define BOOST_TEST_DYN_LINK
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <map>
#include <set>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;
using namespace std::chrono_literals;

namespace {

double mean_of_last(const boost::json::array& days, std::size_t index, std::size_t count) {
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i)
    sum += days[index - i].at("cardio_load").as_double();
  return sum / static_cast<double>(count);
}

} // namespace

BOOST_AUTO_TEST_SUITE(cardio_load_endpoints)

BOOST_AUTO_TEST_CASE(every_day_has_a_row_of_the_recorded_shape) {
  talk polar;
  const auto list = polar.read("/v3/users/cardio-load/period/days/180");
  const auto& days = list.as_array();
  BOOST_REQUIRE(days.size() == 180U);
  std::set<std::string> statuses;
  for (const auto& day : days) {
    BOOST_TEST(keys_of(day)
               == "date cardio_load_status cardio_load strain tolerance "
                  "cardio_load_ratio cardio_load_level");
    BOOST_TEST(keys_of(day.at("cardio_load_level")) == "very_low low medium high very_high");
    statuses.insert(std::string{day.at("cardio_load_status").as_string()});
  }
  BOOST_TEST(days.front().at("date").as_string() == "2025-12-20");
  BOOST_TEST(days.back().at("date").as_string() == "2026-06-17");
  for (const auto* status : {"DETRAINING", "MAINTAINING", "PRODUCTIVE", "OVERREACHING"})
    BOOST_TEST(statuses.contains(status));
}

BOOST_AUTO_TEST_CASE(strain_and_tolerance_are_the_means_seen_in_recordings) {
  talk polar;
  const auto list = polar.read("/v3/users/cardio-load/period/days/180");
  const auto& days = list.as_array();
  for (std::size_t i = 27; i < days.size(); ++i) {
    const double strain = days[i].at("strain").as_double();
    const double tolerance = days[i].at("tolerance").as_double();
    // Six digits are printed.
    BOOST_TEST(std::abs(strain - mean_of_last(days, i, 7)) <= 1e-5 * strain + 1e-9);
    BOOST_TEST(std::abs(tolerance - mean_of_last(days, i, 28)) <= 1e-5 * tolerance);
    const double ratio = days[i].at("cardio_load_ratio").as_double();
    BOOST_TEST(std::abs(ratio - strain / tolerance) <= 1e-4);
    const std::string status{days[i].at("cardio_load_status").as_string()};
    if (ratio < 0.8)
      BOOST_TEST((status == "DETRAINING" || status == "RECOVERY_AFTER_OVERREACHING"));
  }
}

BOOST_AUTO_TEST_CASE(day_load_is_the_sum_of_the_sessions) {
  talk polar;
  const auto exercises = polar.read("/v3/exercises");
  std::map<std::string, double> sums;
  for (const auto& each : exercises.as_array()) {
    const std::string day{each.at("start_time").as_string().subview(0, 10)};
    sums[day] += each.as_object().contains("training_load_pro")
                     ? each.at("training_load_pro").at("cardio-load").as_double()
                     : NAN;
  }
  int compared = 0;
  for (const auto& [day, sum] : sums) {
    // Days at the edge of the list may have lost or not yet got an upload.
    if (std::isnan(sum) || day < "2026-05-20" || day > "2026-06-14")
      continue;
    ++compared;
    const auto row = polar.read("/v3/users/cardio-load/" + day);
    BOOST_REQUIRE(row.as_array().size() == 1U);
    BOOST_TEST(std::abs(row.at(0).at("cardio_load").as_double() - sum) < 1e-3);
  }
  BOOST_TEST(compared > 10);
}

BOOST_AUTO_TEST_CASE(a_new_athlete_has_no_status_until_the_third_day) {
  options settings;
  settings.first_day = date{std::chrono::year{2026} / 6 / 1};
  talk polar{settings};
  const auto list = polar.read("/v3/users/cardio-load");
  std::optional<std::size_t> first_session;
  const auto& days = list.as_array();
  for (std::size_t i = 0; i < days.size(); ++i) {
    const double load = days[i].at("cardio_load").as_double();
    const bool has_status = days[i].at("cardio_load_status") != "LOAD_STATUS_NOT_AVAILABLE";
    if (!first_session && load > 0.0)
      first_session = i;
    if (!first_session)
      BOOST_TEST(load == -1.0);
    BOOST_TEST(has_status == (first_session && i >= *first_session + 2));
    if (!has_status) {
      BOOST_TEST(days[i].at("strain").as_double() == 0.0);
      BOOST_TEST(days[i].at("tolerance").as_double() == -1.0);
      BOOST_TEST(days[i].at("cardio_load_ratio").as_double() == -1.0);
      BOOST_TEST(days[i].at("cardio_load_level").as_object().empty());
    } else if (i == *first_session + 2) {
      // Tolerance is the mean over the days since the first session: three.
      const double tolerance = days[i].at("tolerance").as_double();
      BOOST_TEST(std::abs(tolerance - mean_of_last(days, i, 3)) < 1e-3);
    }
  }
  BOOST_TEST(first_session.has_value());
}

BOOST_AUTO_TEST_CASE(reach_and_counts_are_limited) {
  talk polar;
  const auto token = polar.connect();
  const auto status = [&](const std::string& rest) {
    return polar.get("/v3/users/cardio-load/" + rest, token).status;
  };
  BOOST_TEST(status("date?from=2025-12-19&to=2026-06-17") == 200);
  BOOST_TEST(status("date?from=2025-12-18&to=2026-06-17") == 400);
  BOOST_TEST(status("date?from=2026-06-01") == 400);
  BOOST_TEST(status("date") == 400);
  BOOST_TEST(status("2025-12-18") == 400);
  BOOST_TEST(status("2026-06-18") == 404);
  for (const auto* wrong : {"0", "181", "-1", "x", "1x", "", "99999999999"})
    BOOST_TEST(status(std::string{"period/days/"} + wrong) == 400);
  for (const auto* wrong : {"0", "7", "x"})
    BOOST_TEST(status(std::string{"period/months/"} + wrong) == 400);
  const auto list = boost::json::parse(polar.get("/v3/users/cardio-load", token).body);
  BOOST_TEST(list.as_array().size() == 28U);
}

BOOST_AUTO_TEST_CASE(months_end_where_the_calendar_says) {
  talk polar;
  // Six months before 31 August is the last of February.
  polar.clock->time = date{std::chrono::year{2026} / 8 / 31} + 12h;
  const auto list = polar.read("/v3/users/cardio-load/period/months/6");
  BOOST_TEST(list.as_array().front().at("date").as_string() == "2026-03-01");
  BOOST_TEST(list.as_array().back().at("date").as_string() == "2026-08-31");
}

BOOST_AUTO_TEST_SUITE_END()

#define BOOST_TEST_DYN_LINK
#include "simulator/exercise_series.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace polar_flow;
using namespace polar_flow::simulator;
using std::chrono::days;

namespace {

template <class Check>
void for_every_session(Check check) {
  for (std::int64_t id = first_athlete_id; id < first_athlete_id + 3; ++id) {
    const auto who = make_athlete(6, id);
    for (int i = 0; i < 28; ++i)
      for (const auto& done : sessions_on(who, date{std::chrono::year{2026} / 3 / 2} + days{i}))
        check(who, done);
  }
}

std::size_t count_items(const std::string& data) {
  return static_cast<std::size_t>(std::ranges::count(data, ',')) + 1;
}

} // namespace

BOOST_AUTO_TEST_SUITE(exercise_samples)

BOOST_AUTO_TEST_CASE(heart_rate_has_the_mean_and_maximum_of_the_summary) {
  for_every_session([](const athlete& who, const session& done) {
    const auto beats = heart_rate_series(who, done);
    const double mean =
        std::accumulate(beats.begin(), beats.end(), 0.0) / static_cast<double>(beats.size());
    BOOST_TEST(std::abs(mean - done.heart_rate_average_bpm) < 1.0);
    BOOST_TEST(std::ranges::max(beats) == done.heart_rate_max_bpm);
    BOOST_TEST(std::ranges::min(beats) > 25);
    BOOST_TEST(beats.size() == static_cast<std::size_t>(done.length.count() / 1000));
  });
}

BOOST_AUTO_TEST_CASE(all_series_are_equally_long_and_distance_ends_where_it_should) {
  for_every_session([](const athlete& who, const session& done) {
    const auto beats = heart_rate_series(who, done);
    const auto series = sample_series_of(who, done, beats);
    for (const auto& each : series)
      BOOST_TEST(count_items(each.data) == beats.size());
    BOOST_TEST(series.front().type == 0);
    BOOST_TEST(series.back().type == 10);
    if (done.distance_m) {
      const auto& data = series.back().data;
      const double last_m = std::stod(data.substr(data.rfind(',') + 1));
      BOOST_TEST(std::abs(last_m - *done.distance_m) < 1.0);
    }
  });
}

BOOST_AUTO_TEST_CASE(quirks_of_the_recordings_are_there) {
  bool has_null = false;
  bool has_noise = false;
  bool has_mixed_zeros = false;
  for_every_session([&](const athlete& who, const session& done) {
    for (const auto& each : sample_series_of(who, done, heart_rate_series(who, done))) {
      has_null = has_null || (each.type == 0 && each.data.find("null") != std::string::npos);
      has_noise = has_noise || (each.type == 10 && each.data.find("00000") != std::string::npos);
      has_mixed_zeros = has_mixed_zeros || (each.type == 1 && each.data.starts_with("0,0.0,0,0.0"));
    }
  });
  BOOST_TEST(has_null);
  BOOST_TEST(has_noise);
  BOOST_TEST(has_mixed_zeros);
}

BOOST_AUTO_TEST_CASE(routes_are_connected) {
  for_every_session([](const athlete& who, const session& done) {
    if (!traits_of(done.kind).has_route)
      return;
    const auto points = route_of(who, done);
    BOOST_TEST(points.size() == (heart_rate_series(who, done).size() + 4) / 5);
    for (std::size_t i = 1; i < points.size(); ++i) {
      // Five seconds at 60 km/h are 84 m, about 0.001 degrees.
      BOOST_REQUIRE(std::abs(points[i].latitude - points[i - 1].latitude) < 0.001);
      BOOST_REQUIRE(std::abs(points[i].longitude - points[i - 1].longitude) < 0.001);
    }
  });
}

BOOST_AUTO_TEST_SUITE_END()

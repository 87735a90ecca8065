#define BOOST_TEST_DYN_LINK
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;
using namespace std::chrono_literals;

namespace {

/// The keys of a recorded night, section 7 of the contract, in their order.
const std::string recorded_keys =
    "polar_user date sleep_start_time sleep_end_time device_id continuity continuity_class "
    "light_sleep deep_sleep rem_sleep unrecognized_sleep_stage sleep_score "
    "total_interruption_duration sleep_charge sleep_rating short_interruption_duration "
    "long_interruption_duration sleep_goal group_duration_score group_solidity_score "
    "group_regeneration_score sleep_cycles hypnogram heart_rate_samples";

const std::set<std::string> optional_keys{"sleep_charge", "sleep_cycles", "group_duration_score",
                                          "group_solidity_score", "group_regeneration_score"};

/// All nights of several athletes.
std::vector<boost::json::object> many_nights() {
  options settings;
  settings.athletes = 12;
  talk polar{settings};
  std::vector<boost::json::object> nights;
  for (int i = 0; i < 12; ++i) {
    const auto token = polar.connect(first_athlete_id + i);
    const auto list = boost::json::parse(polar.get("/v3/users/sleep", token).body);
    for (const auto& each : list.at("nights").as_array())
      nights.push_back(each.as_object());
  }
  return nights;
}

std::int64_t number(const boost::json::object& night, const char* name) {
  return night.at(name).as_int64();
}

std::int64_t minute_of(std::string_view key) {
  return std::stoi(std::string{key.substr(0, 2)}) * 60 + std::stoi(std::string{key.substr(3, 2)});
}

} // namespace

BOOST_AUTO_TEST_SUITE(sleep_endpoints)

BOOST_AUTO_TEST_CASE(nights_have_the_recorded_keys) {
  bool has_full = false;
  bool has_unscored = false;
  bool has_minus_one = false;
  bool has_no_charge = false;
  for (const auto& night : many_nights()) {
    has_full = has_full || keys_of(night) == recorded_keys;
    const bool is_scored = night.contains("group_duration_score");
    has_unscored = has_unscored || !is_scored;
    BOOST_TEST((number(night, "sleep_score") == 0) == !is_scored);
    BOOST_TEST(night.contains("sleep_cycles") == is_scored);
    has_no_charge = has_no_charge || !night.contains("sleep_charge");
    has_minus_one =
        has_minus_one || (night.contains("sleep_charge") && number(night, "sleep_charge") == -1);
    // Whatever is missing is one of those that may be, and nothing is null.
    for (const auto& member : night)
      BOOST_TEST(!member.value().is_null());
    for (const auto& name : {"hypnogram", "heart_rate_samples", "light_sleep", "date"})
      BOOST_TEST(night.contains(name));
    BOOST_TEST(night.size() + optional_keys.size() >= 24U);
    BOOST_TEST(night.at("continuity").is_double());
  }
  BOOST_TEST(has_full);
  BOOST_TEST(has_unscored);
  BOOST_TEST(has_minus_one);
  BOOST_TEST(has_no_charge);
}

BOOST_AUTO_TEST_CASE(stages_and_interruptions_fill_the_night_exactly) {
  for (const auto& night : many_nights()) {
    const auto start = parse_offset_time(night.at("sleep_start_time").as_string());
    const auto end = parse_offset_time(night.at("sleep_end_time").as_string());
    BOOST_REQUIRE(start && end);
    BOOST_TEST((start->utc_offset == end->utc_offset));
    const auto length = std::chrono::floor<std::chrono::seconds>(end->moment - start->moment);
    BOOST_TEST(number(night, "light_sleep") + number(night, "deep_sleep")
                   + number(night, "rem_sleep") + number(night, "unrecognized_sleep_stage")
                   + number(night, "total_interruption_duration")
               == length.count());
    BOOST_TEST(number(night, "short_interruption_duration")
                   + number(night, "long_interruption_duration")
               == number(night, "total_interruption_duration"));
    // The date is that of waking up where the sleeper is.
    BOOST_TEST(night.at("date").as_string()
               == format_date(local_date(end->moment, end->utc_offset)));
  }
}

BOOST_AUTO_TEST_CASE(hypnograms_run_in_order_over_midnight) {
  int over_midnight = 0;
  int repeated = 0;
  for (const auto& night : many_nights()) {
    const auto& map = night.at("hypnogram").as_object();
    const std::string start{night.at("sleep_start_time").as_string()};
    BOOST_TEST(std::string{map.begin()->key()} == start.substr(11, 5));
    BOOST_TEST((map.end() - 1)->value().as_int64() == 0);
    int wraps = 0;
    for (auto each = map.begin() + 1; each != map.end(); ++each) {
      wraps += minute_of(each->key()) < minute_of((each - 1)->key()) ? 1 : 0;
      repeated += each->value() == (each - 1)->value() ? 1 : 0;
      BOOST_TEST((each->value().as_int64() >= 0 && each->value().as_int64() <= 5));
    }
    BOOST_TEST(wraps == (start.substr(0, 10) != night.at("date").as_string() ? 1 : 0));
    over_midnight += wraps;
  }
  BOOST_TEST(over_midnight > 20);
  BOOST_TEST(repeated > 0);
}

BOOST_AUTO_TEST_CASE(only_the_last_28_days_and_only_finished_nights) {
  talk polar;
  const auto token = polar.connect();
  const auto dates_at = [&](std::chrono::hours hour) {
    polar.clock->time = date{std::chrono::year{2026} / 6 / 17} + hour;
    std::set<std::string> dates;
    const auto list = boost::json::parse(polar.get("/v3/users/sleep", token).body);
    for (const auto& night : list.at("nights").as_array())
      dates.insert(std::string{night.at("date").as_string()});
    return dates;
  };
  // Two in the morning for the athlete, then noon; that night is recorded with this seed.
  const auto by_night = dates_at(1h);
  const auto by_day = dates_at(12h);
  BOOST_TEST(!by_night.contains("2026-06-17"));
  BOOST_TEST(by_day.contains("2026-06-17"));
  BOOST_TEST(*by_day.begin() >= "2026-05-21");
  BOOST_TEST(polar.get("/v3/users/sleep/2026-05-20", token).status == 404);
  BOOST_TEST(polar.get("/v3/users/sleep/2026-06-18", token).status == 404);
  BOOST_TEST(polar.get("/v3/users/sleep/2026-06-31", token).status == 400);
  BOOST_TEST(polar.get("/v3/users/sleep/2026-06-17", token).status == 200);
}

BOOST_AUTO_TEST_CASE(available_names_the_same_nights) {
  talk polar;
  const auto list = polar.read("/v3/users/sleep");
  const auto available = polar.read("/v3/users/sleep/available");
  const auto& nights = list.at("nights").as_array();
  const auto& rows = available.at("available").as_array();
  BOOST_REQUIRE(nights.size() == rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    BOOST_TEST(keys_of(rows[i]) == "date start_time end_time");
    BOOST_TEST(rows[i].at("start_time") == nights[i].at("sleep_start_time"));
  }
}

BOOST_AUTO_TEST_CASE(nothing_before_the_first_day) {
  options settings;
  settings.first_day = date{std::chrono::year{2026} / 6 / 15};
  talk polar{settings};
  BOOST_TEST(polar.read("/v3/users/sleep").at("nights").as_array().size() <= 3U);
  BOOST_TEST(polar.read("/v3/users/activities").as_array().front().at("start_time").as_string()
             == "2026-06-15T12:36");
}

BOOST_AUTO_TEST_SUITE_END()

#define BOOST_TEST_DYN_LINK
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;
using namespace std::chrono_literals;

namespace {

std::vector<boost::json::object> exercises_of_many(const std::string& query, int count = 10) {
  options settings;
  settings.athletes = count;
  talk polar{settings};
  std::vector<boost::json::object> found;
  for (int i = 0; i < count; ++i) {
    const auto token = polar.connect(first_athlete_id + i);
    const auto list = boost::json::parse(polar.get("/v3/exercises" + query, token).body);
    for (const auto& each : list.as_array())
      found.push_back(each.as_object());
  }
  return found;
}

const std::string recorded_run_keys =
    "id upload_time polar_user device device_id start_time start_time_utc_offset duration "
    "distance heart_rate sport has_route detailed_sport_info calories running_index "
    "fat_percentage carbohydrate_percentage protein_percentage training_load_pro";

const std::string recorded_detail_keys =
    "id upload_time polar_user device device_id start_time start_time_utc_offset duration "
    "distance heart_rate sport has_route detailed_sport_info calories running_index "
    "fat_percentage carbohydrate_percentage protein_percentage heart_rate_zones samples "
    "training_load_pro";

} // namespace

BOOST_AUTO_TEST_SUITE(exercise_endpoints)

BOOST_AUTO_TEST_CASE(sessions_have_the_recorded_keys) {
  std::set<std::string> shapes;
  std::set<std::string> ids;
  bool has_unknown_device = false;
  for (const auto& each : exercises_of_many("")) {
    shapes.insert(keys_of(each));
    BOOST_TEST(each.at("id").as_string().size() == 8U);
    BOOST_TEST(ids.insert(std::string{each.at("id").as_string()}).second);
    BOOST_TEST(each.at("start_time").as_string().size() == 19U);
    BOOST_TEST(each.at("upload_time").as_string().ends_with("Z"));
    BOOST_TEST(keys_of(each.at("heart_rate")) == "average maximum");
    if (each.contains("training_load_pro"))
      BOOST_TEST(keys_of(each.at("training_load_pro"))
                 == "cardio-load cardio-load-interpretation muscle-load "
                    "muscle-load-interpretation perceived-load perceived-load-interpretation "
                    "user-rpe");
    has_unknown_device = has_unknown_device || !each.contains("device_id");
  }
  BOOST_TEST(shapes.contains(recorded_run_keys));
  // Mobility as recorded: no distance, no running index.
  BOOST_TEST(shapes.contains(
      "id upload_time polar_user device device_id start_time start_time_utc_offset duration "
      "heart_rate sport has_route detailed_sport_info calories fat_percentage "
      "carbohydrate_percentage protein_percentage training_load_pro"));
  // The arm band's sessions have the keys of the other recorded user.
  BOOST_TEST(shapes.contains(
      "id upload_time polar_user device device_id start_time start_time_utc_offset duration "
      "heart_rate sport has_route detailed_sport_info calories"));
  BOOST_TEST(has_unknown_device);
}

BOOST_AUTO_TEST_CASE(details_come_only_when_asked_for) {
  std::set<std::string> shapes;
  bool has_route = false;
  for (const auto& each : exercises_of_many("?samples=true&zones=true&route=true", 2)) {
    shapes.insert(keys_of(each));
    has_route = has_route || each.contains("route");
    const auto& zones = each.at("heart_rate_zones").as_array();
    BOOST_REQUIRE(zones.size() == 5U);
    std::chrono::microseconds in_zones{0};
    for (std::size_t i = 0; i < zones.size(); ++i) {
      BOOST_TEST(keys_of(zones[i]) == "index lower_limit upper_limit in_zone");
      BOOST_TEST(zones[i].at("index").as_int64() == static_cast<std::int64_t>(i));
      if (i > 0)
        BOOST_TEST(zones[i].at("lower_limit") == zones[i - 1].at("upper_limit"));
      in_zones += parse_iso_duration(zones[i].at("in_zone").as_string()).value();
    }
    BOOST_TEST((in_zones <= parse_iso_duration(each.at("duration").as_string()).value()));
    for (const auto& series : each.at("samples").as_array()) {
      BOOST_TEST(keys_of(series) == "recording_rate sample_type data");
      BOOST_TEST(series.at("sample_type").is_int64());
    }
  }
  BOOST_TEST(has_route);
  BOOST_TEST(!shapes.contains(recorded_run_keys));
  shapes.clear();
  for (const auto& each : exercises_of_many("?samples=true&zones=true", 1))
    shapes.insert(keys_of(each));
  BOOST_TEST(shapes.contains(recorded_detail_keys));
}

BOOST_AUTO_TEST_CASE(listed_by_upload_for_thirty_days) {
  bool is_out_of_order = false;
  options settings;
  settings.athletes = 10;
  talk polar{settings};
  for (int i = 0; i < 10; ++i) {
    const auto token = polar.connect(first_athlete_id + i);
    const auto list = boost::json::parse(polar.get("/v3/exercises", token).body);
    std::string last_upload = "2026-05-18T12:00:00Z";
    std::string last_start;
    for (const auto& each : list.as_array()) {
      const std::string upload{each.at("upload_time").as_string()};
      const std::string start{each.at("start_time").as_string()};
      BOOST_TEST(upload >= last_upload);
      BOOST_TEST(upload <= "2026-06-17T12:00:00Z");
      is_out_of_order = is_out_of_order || start < last_start;
      last_upload = upload;
      last_start = start;
    }
  }
  BOOST_TEST(is_out_of_order);
}

BOOST_AUTO_TEST_CASE(one_session_equals_its_row) {
  talk polar;
  const auto list = polar.read("/v3/exercises?zones=true");
  const auto& last = list.as_array().back();
  const std::string id{last.at("id").as_string()};
  BOOST_TEST(polar.read("/v3/exercises/" + id + "?zones=true") == last);
  options settings;
  settings.athletes = 2;
  talk others{settings};
  BOOST_TEST(others.get("/v3/exercises/" + id, others.connect(10000002)).status == 404);
}

BOOST_AUTO_TEST_CASE(start_and_offset_agree_with_the_upload) {
  for (const auto& each : exercises_of_many("")) {
    const auto start = parse_local_time(each.at("start_time").as_string());
    const auto upload = parse_offset_time(each.at("upload_time").as_string());
    const auto length = parse_iso_duration(each.at("duration").as_string());
    BOOST_REQUIRE(start && upload && length);
    const instant begun{start->time_since_epoch()
                        - std::chrono::minutes{each.at("start_time_utc_offset").as_int64()}};
    BOOST_TEST((begun + *length < upload->moment));
    BOOST_TEST((upload->moment < begun + *length + 41h));
  }
}

BOOST_AUTO_TEST_CASE(polars_rule_of_registration_can_be_had) {
  options settings;
  settings.only_after_registration = true;
  talk polar{settings};
  const auto token = polar.connect();
  const auto count = [&] {
    return boost::json::parse(polar.get("/v3/exercises", token).body).as_array().size();
  };
  BOOST_TEST(count() == 0U);
  polar.clock->time += std::chrono::days{7};
  BOOST_TEST((count() >= 2U && count() < 14U));
}

BOOST_AUTO_TEST_SUITE_END()

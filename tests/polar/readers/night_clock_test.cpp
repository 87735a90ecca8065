#define BOOST_TEST_DYN_LINK
#include "polar/readers/json_document.hpp"
#include "polar/readers/night_clock.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::polar;

namespace {

std::vector<std::int32_t> place_all(night_clock clock,
                                    std::initializer_list<const char*> readings) {
  std::vector<std::int32_t> minutes;
  for (const auto* reading : readings)
    minutes.push_back(clock.place(parse_clock_reading(reading).value()).value_or(99999));
  return minutes;
}

using minutes = std::vector<std::int32_t>;

} // namespace

BOOST_AUTO_TEST_SUITE(night_clock_placing)

BOOST_AUTO_TEST_CASE(readings_are_parsed_strictly) {
  BOOST_TEST((parse_clock_reading("00:00") == 0));
  BOOST_TEST((parse_clock_reading("23:59") == 1439));
  BOOST_TEST((parse_clock_reading("06:30:59") == 390));
  for (const auto* text :
       {"", "1:00", "24:00", "00:60", "0000", "00-00", "00:00:", "00:00:0x", " 00:00", "-1:00"})
    BOOST_TEST(!parse_clock_reading(text), text);
}

BOOST_AUTO_TEST_CASE(seconds_of_the_day_are_parsed_strictly) {
  BOOST_TEST((parse_second_of_day("00:00") == 0));
  BOOST_TEST((parse_second_of_day("00:02:44") == 164));
  BOOST_TEST((parse_second_of_day("23:59:59") == 86'399));
  BOOST_TEST((parse_second_of_day("06:30:59.999999999") == 23'459));
  for (const auto* text : {"24:00:00", "00:00:60", "00:00:5", "00:00:00.", "00:00:00.x",
                           "00:00:00Z", "00:00:0000", "00:00.5", "00:00:00:00"})
    BOOST_TEST(!parse_second_of_day(text), text);
}

BOOST_AUTO_TEST_CASE(going_down_passes_midnight) {
  BOOST_TEST(
      (place_all(night_clock{}, {"23:58", "23:59", "00:00", "00:01"}) == minutes{-2, -1, 0, 1}));
  // Two midnights: from the evening before, through a day, into the next.
  BOOST_TEST((place_all(night_clock{}, {"22:00", "06:00", "20:00", "01:00"})
              == minutes{-120, 360, 1200, 1500}));
}

BOOST_AUTO_TEST_CASE(noon_divides_first_readings) {
  BOOST_TEST((place_all(night_clock{}, {"11:59"}) == minutes{719}));
  BOOST_TEST((place_all(night_clock{}, {"12:00"}) == minutes{-720}));
}

BOOST_AUTO_TEST_CASE(an_evening_after_the_morning_was_sorted_there) {
  BOOST_TEST((place_all(night_clock{}, {"00:10", "06:00", "22:30", "23:55"})
              == minutes{10, 360, -90, -5}));
  BOOST_TEST((place_all(night_clock{}, {"08:59", "12:00"}) == minutes{539, -720}));
  // Whoever sleeps into the afternoon has readings all the way.
  BOOST_TEST((place_all(night_clock{}, {"11:55", "12:00", "14:59"}) == minutes{715, 720, 899}));
  BOOST_TEST((place_all(night_clock{}, {"09:00", "12:00"}) == minutes{540, 720}));
}

BOOST_AUTO_TEST_CASE(an_hour_back_is_no_midnight) {
  BOOST_TEST((place_all(night_clock{}, {"02:59", "02:00", "02:30"}) == minutes{179, 120, 150}));
  BOOST_TEST((place_all(night_clock{}, {"03:00", "02:00"}) == minutes{180, 120}));
  BOOST_TEST((place_all(night_clock{}, {"03:01", "02:00"}) == minutes{181, 1560}));
}

BOOST_AUTO_TEST_CASE(many_midnights_do_not_run_away) {
  night_clock clock;
  std::optional<std::int32_t> last;
  for (int i = 0; i < 100'000; ++i) {
    clock.place(1439);
    last = clock.place(0);
  }
  BOOST_TEST(!last);
}

BOOST_AUTO_TEST_CASE(a_known_start_places_readings_in_any_order) {
  // 23:30 of the evening before.
  const night_clock clock{-30};
  BOOST_TEST((place_all(clock, {"23:30", "00:10", "07:50"}) == minutes{-30, 10, 470}));
  BOOST_TEST((place_all(clock, {"07:50", "00:10", "23:30"}) == minutes{470, 10, -30}));
  // An hour before the start is still before it; a minute more is the end of the next evening.
  BOOST_TEST((place_all(clock, {"22:30", "22:29"}) == minutes{-90, 1349}));
}

BOOST_AUTO_TEST_CASE(a_start_after_midnight_or_by_day_works_too) {
  BOOST_TEST((place_all(night_clock{12}, {"00:12", "23:50", "06:00"}) == minutes{12, -10, 360}));
  BOOST_TEST((place_all(night_clock{13 * 60}, {"13:00", "17:00"}) == minutes{780, 1020}));
}

BOOST_AUTO_TEST_SUITE_END()

// Goal: only well-formed dates and times are read, and what is printed can be read back. Expected
// values follow from the format descriptions in domain/time.hpp; instants were computed by hand
// from the calendar.
#define BOOST_TEST_DYN_LINK
#include "domain/time.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(time_formats)

using namespace polar_flow;
using namespace std::chrono_literals;

namespace {

constexpr date day(int year, unsigned month, unsigned day_of_month) {
  return date{std::chrono::year{year} / std::chrono::month{month}
              / std::chrono::day{day_of_month}};
}

bool is_instant(std::string_view text, instant expected) {
  const auto parsed = parse_offset_time(text);
  return parsed && parsed->moment == expected;
}

} // namespace

BOOST_AUTO_TEST_CASE(dates_are_read_and_printed) {
  BOOST_TEST((parse_date("2026-01-08") == day(2026, 1, 8)));
  BOOST_TEST((parse_date("2024-02-29") == day(2024, 2, 29)));
  BOOST_TEST((parse_date("0001-01-01") == day(1, 1, 1)));
  BOOST_TEST((parse_date("9999-12-31") == day(9999, 12, 31)));
  BOOST_TEST(format_date(day(2026, 1, 8)) == "2026-01-08");
  BOOST_TEST(format_date(day(7, 11, 30)) == "0007-11-30");
}

BOOST_AUTO_TEST_CASE(wrong_dates_are_refused) {
  for (const auto* text :
       {"", "2026", "2026-01", "2026-1-08", "2026-01-8", "2026-02-30", "2023-02-29", "2026-13-01",
        "2026-00-10", "2026-01-00", "2026-01-32", "0000-01-01", " 2026-01-08", "2026-01-08 ",
        "2026/01/08", "2026-01-08T00:00", "+026-01-08", "-026-01-08", "20260108", "２026-01-08",
        "today"})
    BOOST_TEST(!parse_date(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(moments_with_offset_are_read) {
  const instant morning = day(2026, 11, 22) + 7h + 30min;
  BOOST_TEST(is_instant("2026-11-22T07:30:00Z", morning));
  BOOST_TEST(is_instant("2026-11-22T07:30Z", morning));
  BOOST_TEST(is_instant("2026-11-22T08:30:00+01:00", morning));
  BOOST_TEST(is_instant("2026-11-22T02:00:00-05:30", morning));
  BOOST_TEST(is_instant("2026-11-23T00:15:00+16:45", morning));
  BOOST_TEST(is_instant("2026-11-22T07:30:00.5Z", morning + 500ms));
  BOOST_TEST(is_instant("2026-11-22T07:30:00.000001Z", morning + 1us));
  // Digits past the microsecond are cut, not rounded.
  BOOST_TEST(is_instant("2026-11-22T07:30:00.1234569999Z", morning + 123456us));
  BOOST_TEST((parse_offset_time("2026-01-08T23:15:30-00:30")->utc_offset == -30min));
}

BOOST_AUTO_TEST_CASE(wrong_moments_are_refused) {
  for (const auto* text :
       {"", "2026-11-22", "2026-11-22T07:30:00", "2026-11-22 07:30:00Z", "2026-11-22T24:00:00Z",
        "2026-11-22T07:60:00Z", "2026-11-22T07:30:60Z", "2026-11-22T7:30:00Z",
        "2026-11-22T07:30:00.Z", "2026-11-22T07:30:00,5Z", "2026-11-22T07:30:00z",
        "2026-11-22T07:30:00+01", "2026-11-22T07:30:00+0100", "2026-11-22T07:30:00+24:00",
        "2026-11-22T07:30:00+01:60", "2026-11-22T07:30:00Z ", "2026-11-22T07:30:00ZZ",
        "2026-02-30T07:30:00Z", "2026-11-22T07Z", "2026-11-22T07:30:Z"})
    BOOST_TEST(!parse_offset_time(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(local_times_have_no_zone) {
  const local_time reading{(day(2026, 1, 8) + 23h + 15min + 30s).time_since_epoch()};
  BOOST_TEST((parse_local_time("2026-01-08T23:15:30") == reading));
  BOOST_TEST((parse_local_time("2026-01-08T23:15:30.25") == reading + 250ms));
  BOOST_TEST(!parse_local_time("2026-01-08T23:15:30Z").has_value());
  BOOST_TEST(!parse_local_time("2026-01-08T23:15:30+01:00").has_value());
  BOOST_TEST(!parse_local_time("2026-01-08").has_value());
  BOOST_TEST(format_local_time(reading) == "2026-01-08T23:15:30");
  BOOST_TEST(format_local_time(reading + 1us) == "2026-01-08T23:15:30.000001");
}

BOOST_AUTO_TEST_CASE(moments_are_printed) {
  const instant moment = day(2026, 1, 8) + 22h + 15min + 30s;
  BOOST_TEST(format_instant(moment) == "2026-01-08T22:15:30Z");
  BOOST_TEST(format_instant(moment + 7ms) == "2026-01-08T22:15:30.007000Z");
  BOOST_TEST(format_offset_time(moment, 60min) == "2026-01-08T23:15:30+01:00");
  BOOST_TEST(format_offset_time(moment, 0min) == "2026-01-08T22:15:30+00:00");
  BOOST_TEST(format_offset_time(moment, -(23h + 45min)) == "2026-01-07T22:30:30-23:45");
  // Before 1970 the fraction still counts upwards.
  BOOST_TEST(format_instant(day(1969, 12, 31) + 1us) == "1969-12-31T00:00:00.000001Z");
}

BOOST_AUTO_TEST_CASE(printing_and_reading_are_inverse) {
  constexpr std::uint64_t seed = 20261122;
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937_64 random{seed};
  const auto first = day(1900, 1, 1).time_since_epoch() / 1us;
  const auto span = day(2200, 1, 1).time_since_epoch() / 1us - first;
  for (int i = 0; i < 2000; ++i) {
    const instant moment{std::chrono::microseconds{
        first + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(span))}};
    const std::chrono::minutes offset{static_cast<int>(random() % 2879) - 1439};
    const auto text = format_offset_time(moment, offset);
    BOOST_TEST((parse_offset_time(text) == offset_time{moment, offset}), text);
    BOOST_TEST(is_instant(format_instant(moment), moment), format_instant(moment));
  }
}

BOOST_AUTO_TEST_CASE(durations_are_read) {
  BOOST_TEST((parse_iso_duration("PT6917.941S") == 6917941ms));
  BOOST_TEST((parse_iso_duration("PT2H44M") == 2h + 44min));
  BOOST_TEST((parse_iso_duration("P1DT3H") == 27h));
  BOOST_TEST((parse_iso_duration("P2W") == 24h * 14));
  BOOST_TEST((parse_iso_duration("P1W1DT1H1M1.000001S") == 24h * 8 + 1h + 1min + 1s + 1us));
  BOOST_TEST((parse_iso_duration("PT0S") == 0s));
  BOOST_TEST((parse_iso_duration("PT90M") == 90min));
  BOOST_TEST((parse_iso_duration("PT1.1234567S") == 1123456us));
  BOOST_TEST((parse_iso_duration("P1000D") == 24h * 1000));
  BOOST_TEST((parse_iso_duration("PT86400000S") == 24h * 1000));
}

BOOST_AUTO_TEST_CASE(wrong_durations_are_refused) {
  for (const auto* text :
       {"", "P", "PT", "P1DT", "T1H", "1H", "PT1", "PTS", "PT1H1H", "PT1M1H", "P1D1W", "P1Y", "P1M",
        "P1H", "PT1D", "PT1.5H", "P1.5D", "PT1.S", "PT.5S", "PT1,5S", "-PT1S", "PT-1S", "+PT1S",
        "pt1s", "PT1S ", " PT1S", "PT1ST", "PT1H T", "PTT1S", "P1DTT1S", "P1001D",
        "PT86400000.000001S", "PT86400001S", "P99999999999999999999D", "P86400000W",
        "PT9223372036854775807S", "PT9223372036854775808S"})
    BOOST_TEST(!parse_iso_duration(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(a_moment_falls_on_the_local_day) {
  const instant late = day(2026, 1, 8) + 23h + 30min;
  BOOST_TEST((local_date(late, 0min) == day(2026, 1, 8)));
  BOOST_TEST((local_date(late, 30min) == day(2026, 1, 9)));
  BOOST_TEST((local_date(day(2026, 1, 8), -1min) == day(2026, 1, 7)));
  BOOST_TEST((local_date(day(1969, 12, 31) + 1h, -120min) == day(1969, 12, 30)));
}

BOOST_AUTO_TEST_CASE(garbage_is_refused_or_read_without_harm) {
  constexpr std::uint64_t seed = 7;
  BOOST_TEST_MESSAGE("seed " << seed);
  std::mt19937_64 random{seed};
  constexpr std::string_view alphabet = "0123456789-:.TZ+PWDHMS ";
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (auto size = random() % 30; size > 0; --size)
      text += alphabet[random() % alphabet.size()];
    const auto duration = parse_iso_duration(text);
    if (duration)
      BOOST_TEST((*duration >= 0s && *duration <= 24h * 1000), text);
    if (const auto parsed = parse_date(text))
      BOOST_TEST(format_date(*parsed) == text);
    // The sanitizers watch these two.
    (void)parse_offset_time(text);
    (void)parse_local_time(text);
  }
}

BOOST_AUTO_TEST_SUITE_END()

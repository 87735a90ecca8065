#define BOOST_TEST_DYN_LINK
#include "polar/readers.hpp"
#include "tests/polar/sample_answers.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace std::chrono;

namespace {

const date july_1 = 2025y / July / 1;

/// Reads one day whose samples are `items`.
std::vector<heart_rate_sample> read_samples(const std::string& items) {
  const auto days = polar::read_continuous_heart_rate(
                        R"({"date":"2025-07-01","heart_rate_samples":[)" + items + "]}")
                        .value();
  return days.empty() ? std::vector<heart_rate_sample>{} : days.at(0).samples;
}

using samples = std::vector<heart_rate_sample>;

} // namespace

BOOST_AUTO_TEST_SUITE(continuous_heart_rate_reader)

BOOST_AUTO_TEST_CASE(days_are_read) {
  const auto days =
      polar::read_continuous_heart_rate(testing::continuous_heart_rate_answer).value();
  const std::vector<heart_rate_day> expected{{july_1, {{164, 74}, {464, 72}}},
                                             {2025y / July / 2, {{86'399, 61}}}};
  BOOST_TEST((days == expected));
}

BOOST_AUTO_TEST_CASE(every_shape_of_the_range_answer_is_read) {
  const std::string day =
      R"({"date":"2025-07-01","heart_rate_samples":[{"heart_rate":74,"sample_time":"00:02:44"}]})";
  const std::vector<heart_rate_day> expected{{july_1, {{164, 74}}}};
  for (const auto& body :
       {day, "[" + day + "]", R"({"heart_rates":[)" + day + "]}",
        R"({"heart-rates":[)" + day + "]}", R"({"continuous_heart_rates":[)" + day + "]}"})
    BOOST_TEST((polar::read_continuous_heart_rate(body).value() == expected), body);
  for (const auto* nothing :
       {"", "[]", "{}", "null", R"({"heart_rates":[]})", R"({"continuous_heart_rates":null})"})
    BOOST_TEST(polar::read_continuous_heart_rate(nothing).value().empty(), nothing);
  for (const auto* strange : {R"({"heart_rates":7})", R"({"continuous_heart_rates":{}})", "7"})
    BOOST_TEST((polar::read_continuous_heart_rate(strange).error().code == errc::polar_unreadable),
               strange);
}

BOOST_AUTO_TEST_CASE(no_signal_is_left_out) {
  BOOST_TEST((read_samples(R"({"heart_rate":0,"sample_time":"00:00:01"},
                              {"heart_rate":"63","sample_time":"00:00:02"},
                              {"heart_rate":64.0,"sample_time":"00:00:03"},
                              {"heart_rate":-1,"sample_time":"00:00:04"},
                              {"heart_rate":301,"sample_time":"00:00:05"},
                              {"heart_rate":null,"sample_time":"00:00:06"},
                              {"sample_time":"00:00:07"},7)")
              == samples{{2, 63}, {3, 64}}));
}

BOOST_AUTO_TEST_CASE(a_day_without_a_signal_is_no_day) {
  for (const auto* body :
       {R"({"date":"2025-07-01","heart_rate_samples":[]})", R"({"date":"2025-07-01"})",
        R"([{"date":"2025-07-01","heart_rate_samples":[{"heart_rate":0,
            "sample_time":"00:00:01"}]}])"})
    BOOST_TEST(polar::read_continuous_heart_rate(body).value().empty(), body);
}

BOOST_AUTO_TEST_CASE(times_are_seconds_of_the_day) {
  BOOST_TEST((read_samples(R"({"heart_rate":61,"sample_time":"00:00:00"},
                              {"heart_rate":62,"sample_time":"00:01"},
                              {"heart_rate":63,"sample_time":"00:01:01.500"},
                              {"heart_rate":64,"sample_time":"23:59:59"},
                              {"heart_rate":65,"sample_time":"24:00:00"},
                              {"heart_rate":65,"sample_time":"23:59:60"},
                              {"heart_rate":65,"sample_time":"1:00:00"},
                              {"heart_rate":65,"sample_time":3600},
                              {"heart_rate":65})")
              == samples{{0, 61}, {60, 62}, {61, 63}, {86'399, 64}}));
}

BOOST_AUTO_TEST_CASE(samples_are_put_in_order_and_the_later_of_two_stays) {
  BOOST_TEST((read_samples(R"({"heart_rate":61,"sample_time":"10:00:00"},
                              {"heart_rate":62,"sample_time":"09:00:00"},
                              {"heart_rate":63,"sample_time":"10:00:00"},
                              {"heart_rate":64,"sample_time":"09:00:00"},
                              {"heart_rate":65,"sample_time":"08:59:59"})")
              == samples{{32'399, 65}, {32'400, 64}, {36'000, 63}}));
  BOOST_TEST((read_samples(R"({"heart_rate":61,"sample_time":"10:00:00"},
                              {"heart_rate":62,"sample_time":"10:00:00"})")
              == samples{{36'000, 62}}));
}

BOOST_AUTO_TEST_CASE(a_day_without_its_date_is_skipped) {
  const auto days = polar::read_continuous_heart_rate(
      R"([{"heart_rate_samples":[{"heart_rate":74,"sample_time":"00:02:44"}]},
          {"date":"2025-07-01","heart_rate_samples":
            [{"heart_rate":74,"sample_time":"00:02:44"}]}])");
  BOOST_TEST(days.value().size() == 1u);
  const auto none = polar::read_continuous_heart_rate(R"({"heart_rate_samples":[]})");
  BOOST_TEST((none.error().code == errc::polar_unreadable));
}

BOOST_AUTO_TEST_SUITE_END()

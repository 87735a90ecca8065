#define BOOST_TEST_DYN_LINK
#include "polar/readers.hpp"
#include "tests/polar/sample_answers.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace std::chrono;

BOOST_AUTO_TEST_SUITE(ecg_reader)

BOOST_AUTO_TEST_CASE(a_test_is_read_with_its_waveform) {
  const auto tests = polar::read_ecg(testing::ecg_answer).value();
  BOOST_REQUIRE(tests.size() == 2);
  ecg_test expected;
  expected.device_id = "1111AAAA";
  // 1697787256 s, by `date -u -d @1697787256`.
  expected.test_time = sys_days{2023y / October / 20} + 7h + 34min + 16s;
  expected.utc_offset_minutes = 180;
  expected.average_heart_rate_bpm = 60;
  expected.hrv_ms = 42.5;
  expected.hrv_level = "ECG_HRV_LEVEL_USUAL";
  expected.rri_ms = 1000;
  expected.pulse_transit_systolic_ms = 100.5;
  expected.pulse_transit_diastolic_ms = 210;
  expected.pulse_transit_quality_index = 0.75;
  expected.samples = {{0, -0.1}, {8, 0.25}};
  expected.qualities = {{0, "ECG_QUALITY_HIGH"}, {123, "ECG_QUALITY_LOW"}};
  BOOST_TEST((tests[0] == expected));
  BOOST_TEST((tests[1].samples == std::vector<ecg_sample>{{4, 1.0}}));
}

BOOST_AUTO_TEST_CASE(broken_samples_do_not_spoil_the_others) {
  const auto tests = polar::read_ecg(R"([{"test_time":1697787256,
    "samples":[7,{"amplitude_mv":0.1},{"recording_time_delta_ms":8},
      {"recording_time_delta_milliseconds":"16","amplitude_mv":"-0.25"},
      {"recording_time_delta_ms":24,"amplitude_mv":1e9}],
    "quality_measurements":[{"recording_time_delta_ms":8},{"quality_level":"ECG_QUALITY_LOW"},
      {"recording_time_delta_ms":8,"quality_level":"ECG_QUALITY_SUPERB"}]}])")
                         .value();
  BOOST_REQUIRE(tests.size() == 1);
  BOOST_TEST(tests[0].device_id == "");
  BOOST_TEST((tests[0].samples == std::vector<ecg_sample>{{16, -0.25}}));
  BOOST_TEST((tests[0].qualities == std::vector<ecg_quality>{{8, "ECG_QUALITY_SUPERB"}}));
}

BOOST_AUTO_TEST_CASE(the_key_is_device_and_time) {
  const auto tests = polar::read_ecg(R"([{"source_device_id":"A","test_time":1697787256},
    {"source_device_id":"B","test_time":1697787256},
    {"source_device_id":"A","test_time":1697787256,"rri_ms":900},{"rri_ms":800}])")
                         .value();
  BOOST_REQUIRE(tests.size() == 2);
  BOOST_TEST((tests[0].rri_ms == 900.0));
}

BOOST_AUTO_TEST_CASE(a_waveform_beyond_any_test_is_cut) {
  std::string body = R"([{"test_time":1697787256,"samples":[)";
  // One more than is kept.
  for (int i = 0; i <= 500'000; ++i)
    body += R"({"recording_time_delta_ms":1,"amplitude_mv":0},)";
  body.back() = ']';
  BOOST_TEST(polar::read_ecg(body + "}]").value().at(0).samples.size() == 500'000u);
}

BOOST_AUTO_TEST_SUITE_END()

#define BOOST_TEST_DYN_LINK
#include "polar/readers/biosensing.hpp"
#include "polar/readers/json_document.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::polar;

namespace {

std::optional<std::int64_t> offset_in(const char* text) {
  const auto document = parse_document(text).value();
  return read_offset_ms(object_view{document});
}

std::string device_in(const char* text) {
  const auto document = parse_document(text).value();
  return read_device_id(object_view{document});
}

} // namespace

BOOST_AUTO_TEST_SUITE(biosensing)

BOOST_AUTO_TEST_CASE(offsets_have_two_names_and_may_be_text) {
  BOOST_TEST((offset_in(R"({"recording_time_delta_ms":123})") == 123));
  BOOST_TEST((offset_in(R"({"recording_time_delta_milliseconds":"28800000"})") == 28'800'000));
  BOOST_TEST((offset_in(R"({"recording-time-delta-ms":0})") == 0));
  for (const auto* text :
       {"{}", R"({"recording_time_delta_ms":-1})", R"({"recording_time_delta_ms":0.5})",
        R"({"recording_time_delta_ms":9223372036854775807})",
        R"({"recording_time_delta_ms":"soon"})"})
    BOOST_TEST(!offset_in(text), text);
}

BOOST_AUTO_TEST_CASE(a_missing_device_is_an_empty_text) {
  BOOST_TEST(device_in(R"({"source_device_id":"1111AAAA"})") == "1111AAAA");
  for (const auto* text : {"{}", R"({"source_device_id":null})", R"({"source_device_id":""})",
                           R"({"source_device_id":[]})"})
    BOOST_TEST(device_in(text) == "", text);
}

BOOST_AUTO_TEST_SUITE_END()

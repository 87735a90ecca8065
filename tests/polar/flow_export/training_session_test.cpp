// Goal: whichever way a session was exported, it has one name.
#define BOOST_TEST_DYN_LINK
#include "tests/polar/flow_export/export_reading.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::testing;

namespace {

std::string id_of(const std::string& file_name, const std::string& members) {
  return read_export<exercise>(file_name, R"({"startTime":"2020-05-01T10:00:00")" + members + "}")
      .at(0)
      .polar_exercise_id;
}

const std::string uuid = "-28039c6b-e86f-4e0e-afa8-b30d04364871.json";

} // namespace

BOOST_AUTO_TEST_SUITE(export_training_session)

BOOST_AUTO_TEST_CASE(both_generations_have_the_same_id) {
  BOOST_TEST(id_of("training-session-2020-05-01-7520219187" + uuid, "")
             == "flow-export-7520219187");
  BOOST_TEST(id_of("folder/training-session-2020-05-01-7520219187" + uuid, "")
             == "flow-export-7520219187");
  BOOST_TEST(id_of("training-session_2020-05-01T10-00-00_7520219187" + uuid,
                   R"(,"identifier":{"id":"7520219187"})")
             == "flow-export-7520219187");
}

BOOST_AUTO_TEST_CASE(without_an_id_the_times_are_the_name) {
  // A UUID is no id, even when it begins with digits only.
  for (const auto* name : {"training-session-2020-05-01-28039618-e86f-4e0e-afa8-b30d04364871.json",
                           "training-session-2020-05-01", "training-session-x.json"})
    BOOST_TEST(id_of(name, R"(,"timeZoneOffset":120,"duration":"PT4050.564S")")
               == "flow-export-2020-05-01T08:00:00Z_120_4050564");
  BOOST_TEST(id_of("training-session-x.json", "") == "flow-export-2020-05-01T10:00:00Z__");
}

BOOST_AUTO_TEST_CASE(the_members_decide_the_generation) {
  // The duration is that of the one or of the other.
  const auto duration = [](const std::string& members) {
    return read_export<exercise>("training-session-x.json",
                                 R"({"startTime":"2020-05-01T10:00:00","duration":"PT1S",)"
                                     + members + "}")
        .at(0)
        .duration_s;
  };
  BOOST_TEST((duration(R"("exportVersion":"2.6")") == 1.0));
  BOOST_TEST((duration(R"("durationMillis":2000)") == 2.0));
  BOOST_TEST(!duration(R"("timezoneOffsetMinutes":60)"));
}

BOOST_AUTO_TEST_CASE(a_session_without_start_is_an_error) {
  const auto file =
      polar::read_export_file("training-session-x.json", R"({"exercises":[{"sport":"RUNNING"}]})");
  BOOST_REQUIRE(!file);
  BOOST_TEST(file.error().message
             == "no record could be read; the first problem: sessions[0].startTime is missing or "
                "unreadable");
}

// Three samples can stand for four days of silence, and a file may hold thousands of such sessions.
BOOST_AUTO_TEST_CASE(a_few_bytes_cannot_fill_the_memory) {
  std::string sessions;
  for (int number = 0; number < 60; ++number) {
    const date first = std::chrono::sys_days{std::chrono::year{2020} / 1 / 1};
    const auto day = format_date(first + std::chrono::days{4 * number});
    const auto end = format_date(first + std::chrono::days{4 * number + 3});
    sessions += sessions.empty() ? "" : ",";
    sessions += R"({"startTime":")" + day + R"(T00:00:00","exercises":[{"samples":{"heartRate":[)"
                R"({"dateTime":")" + day + R"(T00:00:00","value":60},)"
                R"({"dateTime":")" + day + R"(T00:00:01","value":60},)"
                R"({"dateTime":")" + end + R"(T23:59:00","value":60}]}}]})";
  }
  const auto bomb = polar::read_export_file("training-session-x.json", "[" + sessions + "]");
  BOOST_TEST_REQUIRE(!bomb.has_value());
  BOOST_TEST((bomb.error().code == errc::polar_unreadable));
  BOOST_TEST(bomb.error().message == "it holds more samples than anybody can have recorded");
}

BOOST_AUTO_TEST_SUITE_END()

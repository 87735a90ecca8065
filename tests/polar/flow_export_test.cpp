// Goal: a file is known by its name, told by its content, and never spoils the others.
#define BOOST_TEST_DYN_LINK
#include "polar/flow_export.hpp"
#include "tests/polar/flow_export_samples.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace polar_flow;
using polar::export_family;
using polar::family_of;

BOOST_AUTO_TEST_SUITE(flow_export)

BOOST_AUTO_TEST_CASE(names_tell_the_family) {
  const auto is = [](std::string_view name, export_family family) {
    BOOST_TEST((family_of(name) == family), name);
  };
  is("training-session-2020-05-01-4711-uuid.json", export_family::training_session);
  is("training-session_2026-06-18T18-50-02_id-uuid.json", export_family::training_session);
  is("training-session-2026-06-18T18:50:02-id-uuid.json", export_family::training_session);
  is("folder/Training-Session_x", export_family::training_session);
  is("activity-2020-05-01-uuid.json", export_family::activity);
  is("247ohr_2024_08-uuid.json", export_family::continuous_heart_rate);
  is("sleep_result_1-uuid.json", export_family::sleep_result);
  is("sleep_score_1-uuid.json", export_family::sleep_score);
  is("nightly_recovery_1-uuid.json", export_family::nightly_recovery);
  is("calendar-items-uuid.json", export_family::calendar_items);
  for (const auto* name :
       {"ppi_samples_2024_08_3-uuid.json", "sleep_wake_1-uuid.json", "profile.data",
        "nightly_recovery_blob_1-uuid.json", "fitness-test-results-uuid.json",
        "orthostatic-test-result-uuid.json", "account-data-uuid.json", "account-profile-uuid.json",
        "products-devices-uuid.json", "sport-profiles-uuid.json", "training-target-2020-uuid.json",
        "favourite-targets-uuid.json", "planned-route-uuid.json", "programs-uuid.json"})
    is(name, export_family::ignored);
  for (const auto* name : {"", "/", "activity", "activities-2020.json", "x-activity-2020.json",
                           "sleep.json", "activity-2020/readme.txt"})
    is(name, export_family::unknown);
}

BOOST_AUTO_TEST_CASE(what_is_ignored_has_a_reason) {
  for (const auto* name :
       {"ppi_samples_1_01_1-x.json", "sleep_wake_1-x.json", "a.data",
        "nightly_recovery_blob_1-x.json", "fitness-test-results-x.json", "account-data-x.json"})
    BOOST_TEST(polar::reason_to_ignore(name).ends_with('.') == !std::string_view{name}.empty());
  for (const auto* name : {"activity-2020-05-01-x.json", "nightly_recovery_1-x.json", "x.json"})
    BOOST_TEST(polar::reason_to_ignore(name).empty());
}

BOOST_AUTO_TEST_CASE(families_have_names) {
  std::set<std::string_view> names;
  for (int family = 0; family <= static_cast<int>(export_family::unknown); ++family)
    names.insert(polar::to_string(static_cast<export_family>(family)));
  BOOST_TEST(names.size() == 10u);
}

BOOST_AUTO_TEST_CASE(every_family_is_read_as_what_it_is) {
  for (const auto& sample : testing::export_samples) {
    const auto file = polar::read_export_file(sample.file_name, sample.content);
    BOOST_REQUIRE_MESSAGE(file.has_value(), sample.file_name);
    BOOST_TEST(!file->parts.empty(), sample.file_name);
    BOOST_TEST(file->skipped == 0u, sample.file_name);
    const auto family = family_of(sample.file_name);
    BOOST_TEST((file->family == family || file->family == export_family::generic_period));
  }
}

BOOST_AUTO_TEST_CASE(bare_and_quoted_dropouts_are_the_same) {
  const auto read = [](const std::string& none) {
    return polar::read_export_file("training-session_x.json",
                                   R"({"identifier":{"id":"7"},"startTime":"2026-06-18T18:50:02",
        "calories":)" + none + R"(,"exercises":[{"samples":{"samples":[{"type":"HEART_RATE",
        "intervalMillis":1000,"values":[80,)"
                                       + none + ",81]}]}}]}")
        .value();
  };
  const auto expected = read("null");
  BOOST_TEST(expected.parts.size() == 1u);
  for (const auto* none : {"NaN", "\"NaN\"", "Infinity", "-Infinity", "\"-Infinity\""})
    BOOST_TEST((read(none) == expected), none);
}

BOOST_AUTO_TEST_CASE(what_is_not_json_is_an_error_without_values) {
  const auto file = polar::read_export_file("activity-x.json", R"({"secret":"value")");
  BOOST_REQUIRE(!file);
  BOOST_TEST((file.error().code == errc::polar_unreadable));
  BOOST_TEST(file.error().message.starts_with("the file is not JSON that can be read, at byte 17"),
             file.error().message);
  BOOST_TEST(file.error().message.find("value") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_not_read_is_no_error) {
  for (const auto* name : {"ppi_samples_1_01_1-x.json", "picture.data"}) {
    const auto file = polar::read_export_file(name, "not JSON").value();
    BOOST_TEST((file.family == export_family::ignored));
    BOOST_TEST(file.parts.empty());
  }
  for (const auto* content : {"not JSON", "", "[]", "{}", R"({"meta":1,"data":{}})"}) {
    const auto file = polar::read_export_file("something.json", content).value();
    BOOST_TEST((file.family == export_family::unknown), content);
    BOOST_TEST(file.parts.empty());
  }
}

BOOST_AUTO_TEST_SUITE_END()

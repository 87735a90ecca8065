// Goal: a report of an import is shown as docs/imports.md promises. Method: literals.
#define BOOST_TEST_DYN_LINK
#include "http/import_types.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace polar_flow;
using namespace polar_flow::http;

BOOST_AUTO_TEST_SUITE(import_types)

BOOST_AUTO_TEST_CASE(one_that_has_just_come) {
  import_report report;
  report.job.value = "0e16eab9-6090-42b2-b705-0b063ea9f20b";
  report.kind = import_kind::polar_flow;
  report.zip_bytes = 52'428'800;
  report.received_at = instant{std::chrono::seconds{1'800'000'000}};
  BOOST_TEST(to_json(report)
             == R"({"import_id":"0e16eab9-6090-42b2-b705-0b063ea9f20b","kind":"polar-flow",)"
                R"("status":"queued","zip_bytes":52428800,"received_at":"2027-01-15T08:00:00Z",)"
                R"("completed_at":null,"files_total":null,"files_done":0,"files_taken":0,)"
                R"("files_known":0,"files_ignored":0,"files_refused":0,"rows_changed":0,)"
                R"("error":null,"files":[]})");
}

BOOST_AUTO_TEST_CASE(one_that_has_failed_in_the_middle) {
  import_report report;
  report.job.value = "1";
  report.kind = import_kind::takeout;
  report.status = import_status::failed;
  report.completed_at = instant{std::chrono::seconds{1'800'000'060}};
  report.files_total = 3;
  report.files_done = 2;
  report.files_taken = 1;
  report.files_refused = 1;
  report.rows_changed = 12;
  report.failure = error{errc::invalid_argument, "The zip is broken."};
  report.files = {{"tables/sleep.jsonl", file_outcome::taken, 14, 12, ""},
                  {"a\"b", file_outcome::refused, 0, 0, "It is too large."}};
  BOOST_TEST(to_json(report)
             == R"({"import_id":"1","kind":"takeout","status":"failed","zip_bytes":0,)"
                R"("received_at":"1970-01-01T00:00:00Z","completed_at":"2027-01-15T08:01:00Z",)"
                R"("files_total":3,"files_done":2,"files_taken":1,"files_known":0,)"
                R"("files_ignored":0,"files_refused":1,"rows_changed":12,)"
                R"("error":"The zip is broken.","files":[)"
                R"({"name":"tables/sleep.jsonl","outcome":"taken","records":14,)"
                R"("rows_changed":12,"reason":null},)"
                R"({"name":"a\"b","outcome":"refused","records":0,"rows_changed":0,)"
                R"("reason":"It is too large."}]})");
}

BOOST_AUTO_TEST_SUITE_END()

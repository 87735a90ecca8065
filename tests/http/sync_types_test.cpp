#define BOOST_TEST_DYN_LINK
#include "http/sync_types.hpp"

#include <boost/test/unit_test.hpp>

// Goal: what differs from case to case in our JSON about syncs; the whole objects are in the tests
// of the handlers.
using namespace polar_flow;
using namespace polar_flow::http;

BOOST_AUTO_TEST_SUITE(sync_types)

BOOST_AUTO_TEST_CASE(an_event_has_only_the_members_that_mean_something) {
  sync_event event;
  event.job = job_id{"j"};
  BOOST_TEST(to_json(event)
             == R"({"job_id":"j","at":"1970-01-01T00:00:00Z","records":0,"calls":0,)"
                R"("error_type":null,"error_message":null})");
  event.of = stream::ecg;
  event.requests_left = 3;
  event.failure = error{errc::polar_timeout, {}};
  BOOST_TEST(to_json(event)
             == R"({"job_id":"j","at":"1970-01-01T00:00:00Z","stream":"ecg","requests_left":3,)"
                R"("records":0,"calls":0,"error_type":"polar_timeout","error_message":null})");
  event.of.reset();
  event.status = sync_status::partial;
  event.failure.reset();
  BOOST_TEST(to_json(event)
             == R"({"job_id":"j","at":"1970-01-01T00:00:00Z","records":0,"calls":0,)"
                R"("status":"partial","error_type":null,"error_message":null})");
}

// A line break would end the event in the middle.
BOOST_AUTO_TEST_CASE(an_event_is_one_line) {
  sync_event event;
  event.failure = error{errc::polar_unreadable, "first\nsecond\r\n"};
  const auto text = to_json(event);
  BOOST_TEST(text.find_first_of("\r\n") == std::string::npos);
  BOOST_TEST(text.find(R"(first\nsecond\r\n)") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(users_who_leave) {
  user_record record;
  record.id = user_id{"7"};
  record.state = connection_state::needs_reauthorization;
  BOOST_TEST(to_json(record) == R"({"user_id":"7","state":"needs_reauthorization"})");
}

BOOST_AUTO_TEST_CASE(a_duration_is_in_whole_milliseconds) {
  sync_report report;
  report.completed_at = report.started_at + std::chrono::microseconds{1999};
  BOOST_TEST(to_json(std::vector{report}).find(R"("duration_ms":1,)") != std::string::npos);
  BOOST_TEST(to_json(std::vector<sync_report>{}) == "[]");
}

BOOST_AUTO_TEST_SUITE_END()

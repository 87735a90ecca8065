#define BOOST_TEST_DYN_LINK
#include "tests/http/front_end_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::http;
using namespace polar_flow::testing;

namespace {

constexpr std::string_view target = "/api/v1/users/12345/sync/trigger";

} // namespace

BOOST_FIXTURE_TEST_SUITE(sync_handlers, front_end_fixture)

BOOST_AUTO_TEST_CASE(a_finished_sync) {
  sync_report report;
  report.job = job_id{"job-1"};
  report.user = user_id{"12345"};
  report.status = sync_status::success;
  report.streams = {{stream::sleep, 28, 1, std::nullopt}};
  script.progress = {job_id{"job-1"}, report};
  const auto answer = ask("POST", target, {{"X-API-Key", user_key}});
  BOOST_TEST(answer.status == 200);
  BOOST_TEST(body_of(answer)
             == R"({"status":"success","user_id":"12345","records":{"sleep":28,"recharge":0,)"
                R"("activity":0,"exercises":0,"cardio_load":0,"sleepwise_alertness":0,)"
                R"("sleepwise_bedtime":0,"activity_samples":0,"continuous_hr":0,"spo2":0,"ecg":0,)"
                R"("body_temperature":0,"skin_temperature":0,"physical_info":0},"errors":null,)"
                R"("total_records":28,"job_id":"job-1"})");
}

BOOST_AUTO_TEST_CASE(a_sync_that_goes_on) {
  script.progress = {job_id{"job-2"}, std::nullopt};
  const auto answer = ask("POST", target, {{"X-API-Key", user_key}});
  BOOST_TEST(answer.status == 202);
  BOOST_TEST(body_of(answer) == R"({"status":"running","job_id":"job-2"})");
}

BOOST_AUTO_TEST_CASE(what_is_asked_for) {
  ask("POST", target, {{"X-API-Key", user_key}}, R"({"days":5})");
  BOOST_TEST(!script.asked_sync.days.has_value()); // the body is ignored
  BOOST_TEST(!script.asked_sync.polar_token.has_value());
  BOOST_TEST(!script.asked_sync.any_user_allowed);

  const std::string with_days = std::string{target} + "?days=28";
  ask("POST", with_days, {{"X-API-Key", service_key}, {"x-polar-token", "0123456789abcdef"}});
  BOOST_TEST(script.asked_sync.days.value() == 28);
  BOOST_TEST(script.asked_sync.polar_token.value() == "0123456789abcdef");
  BOOST_TEST(script.asked_sync.any_user_allowed);
  ask("POST", target, {{"X-API-Key", master_key}});
  BOOST_TEST(script.asked_sync.any_user_allowed);
}

BOOST_AUTO_TEST_CASE(bad_days) {
  for (const auto* value : {"0", "abc", "366", ""}) {
    const std::string with_days = std::string{target} + "?days=" + value;
    BOOST_TEST(ask("POST", with_days, {{"X-API-Key", user_key}}).status == 400, value);
  }
  BOOST_TEST(script.questions == 0);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_a_token) {
  for (const auto* token : {"", "short", "with blank 1234", "w\xC3\xA4hrend-der-Nacht"}) {
    const auto answer = ask("POST", target, {{"X-API-Key", user_key}, {"X-Polar-Token", token}});
    BOOST_TEST(answer.status == 400, token);
    BOOST_TEST(body_of(answer)
               == R"({"status_code":400,"detail":"Validation failed for POST )"
                      + std::string{target}
                      + R"(","extra":[{"message":"Expected `str` matching regex '^[!-~]{10,}$'",)"
                        R"("key":"X-Polar-Token","source":"header"}]})");
  }
  BOOST_TEST(script.questions == 0);
}

BOOST_AUTO_TEST_CASE(refusals) {
  struct expectation {
    error failure;
    std::uint16_t status;
  };
  for (const auto& [failure, status] :
       std::initializer_list<expectation>{{{errc::sync_in_progress, "job-3"}, 409},
                                          {{errc::no_polar_token, ""}, 400},
                                          {{errc::foreign_polar_token, ""}, 403},
                                          {{errc::needs_reauthorization, ""}, 403},
                                          {{errc::shutting_down, ""}, 503},
                                          {{errc::deadline_exceeded, ""}, 504}}) {
    script.failure = failure;
    const auto answer = ask("POST", target, {{"X-API-Key", user_key}});
    BOOST_TEST(answer.status == status, to_string(failure.code));
    BOOST_TEST(answer.rate_limit.has_value());
  }
  script.failure = error{errc::sync_in_progress, "job-3"};
  BOOST_TEST(body_of(ask("POST", target, {{"X-API-Key", user_key}}))
             == R"({"status_code":409,"detail":"A sync is already running for this user",)"
                R"("extra":{"job_id":"job-3"}})");
}

BOOST_AUTO_TEST_SUITE_END()

#define BOOST_TEST_DYN_LINK
#include "actors/limits.hpp"
#include "tests/actors/fakes.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::actors;
using namespace std::chrono_literals;

namespace {

call_polar call_to(const std::string& path, std::chrono::seconds patience = 60s) {
  polar::http_request request{"GET", "http://polar.test" + path, {}, {}};
  return {std::make_shared<const polar::http_request>(std::move(request)), sync_priority::critical,
          patience};
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(polar_caller_rules, testing::node_fixture)

BOOST_AUTO_TEST_CASE(any_status_is_an_answer) {
  use_all_but_users();
  transport->answer("/a", 500, "oops");
  const auto answer = get<polar_answered>(node->actors()->polar, call_to("/a"));
  BOOST_REQUIRE(answer);
  BOOST_TEST(answer->response->status == 500);
  BOOST_TEST(answer->response->body == "oops");
}

BOOST_AUTO_TEST_CASE(errors_of_the_transport_reach_the_asker) {
  use_all_but_users();
  transport->answers["/a"].push_back(fail(errc::polar_timeout, "too slow"));
  const auto answer = get<polar_answered>(node->actors()->polar, call_to("/a"));
  BOOST_TEST((answer.error() == error{errc::polar_timeout, "too slow"}));
}

BOOST_AUTO_TEST_CASE(nothing_is_sent_while_the_window_is_closed) {
  use_all_but_users();
  polar::http_response limited{429, {{"retry-after", "120"}}, {}};
  transport->answers["/a"].push_back(limited);
  BOOST_TEST(get<polar_answered>(node->actors()->polar, call_to("/a"))->response->status == 429);
  const auto second = ask<polar_answered>(node->actors()->polar, call_to("/b", 300s));
  advance(119s);
  BOOST_TEST(!second->has_value());
  BOOST_TEST(transport->count("/b") == 0u);
  advance(2s);
  BOOST_REQUIRE(second->has_value());
  BOOST_TEST(transport->count("/b") == 1u);
}

BOOST_AUTO_TEST_CASE(patience_ends) {
  use_all_but_users();
  transport->answers["/a"].push_back(polar::http_response{429, {{"retry-after", "120"}}, {}});
  BOOST_TEST(get<polar_answered>(node->actors()->polar, call_to("/a")).has_value());
  const auto second = ask<polar_answered>(node->actors()->polar, call_to("/b", 10s));
  advance(12s);
  BOOST_REQUIRE(second->has_value());
  BOOST_TEST(((*second)->error().code == errc::polar_rate_limited));
  advance(200s);
  BOOST_TEST(transport->count("/b") == 0u);
}

BOOST_AUTO_TEST_CASE(a_call_that_must_not_wait_is_refused_at_once) {
  use_all_but_users();
  transport->answers["/a"].push_back(polar::http_response{429, {{"retry-after", "120"}}, {}});
  BOOST_TEST(get<polar_answered>(node->actors()->polar, call_to("/a")).has_value());
  auto hurried = call_to("/b");
  hurried.when_short = shortage::refuse;
  const auto refused = get<polar_answered>(node->actors()->polar, hurried);
  BOOST_TEST((refused.error().code == errc::polar_rate_limited));
  advance(200s);
  BOOST_TEST(transport->count("/b") == 0u);
}

// What the transport does not take was never sent: its permit serves somebody else.
BOOST_AUTO_TEST_CASE(a_call_that_was_not_sent_costs_no_permit) {
  use_all_but_users();
  tell(node->actors()->supervisor,
       permit_spent{polar::rate_headers{{499, 500, 900s}, std::nullopt}, std::nullopt});
  transport->answers["/a"].push_back(fail(errc::overloaded, "too many requests wait"));
  const auto refused = get<polar_answered>(node->actors()->polar, call_to("/a"));
  BOOST_TEST((refused.error().code == errc::overloaded));
  BOOST_TEST(get<polar_answered>(node->actors()->polar, call_to("/b")).has_value());
}

// Strangers decide how often codes are exchanged, so that must not cost what syncs need.
BOOST_AUTO_TEST_CASE(calls_without_a_permit_neither_wait_for_the_window_nor_close_it) {
  use_all_but_users();
  auto exchange = call_to("/token");
  exchange.is_budgeted = false;
  transport->answers["/token"].push_back(polar::http_response{429, {{"retry-after", "120"}}, {}});
  BOOST_TEST(get<polar_answered>(node->actors()->polar, exchange)->response->status == 429);
  BOOST_TEST(get<polar_answered>(node->actors()->polar, call_to("/a")).has_value());
  transport->answers["/b"].push_back(polar::http_response{429, {{"retry-after", "120"}}, {}});
  BOOST_TEST(get<polar_answered>(node->actors()->polar, call_to("/b")).has_value());
  BOOST_TEST(get<polar_answered>(node->actors()->polar, exchange).has_value());
}

BOOST_AUTO_TEST_CASE(calls_without_a_permit_are_few_at_a_time) {
  use_all_but_users();
  transport->hanging.insert("/token");
  auto exchange = call_to("/token");
  exchange.is_budgeted = false;
  std::vector<decltype(ask<polar_answered>(node->actors()->polar, exchange))> open;
  for (std::size_t i = 0; i < limits::token_calls_max; ++i)
    open.push_back(ask<polar_answered>(node->actors()->polar, exchange));
  const auto refused = get<polar_answered>(node->actors()->polar, exchange);
  BOOST_TEST((refused.error().code == errc::overloaded));
  BOOST_TEST(get<polar_answered>(node->actors()->polar, call_to("/a")).has_value());
  transport->open.front()(polar::http_response{200, {}, {}});
  run();
  transport->hanging.clear();
  BOOST_TEST(get<polar_answered>(node->actors()->polar, exchange).has_value());
}

BOOST_AUTO_TEST_CASE(an_answer_after_the_end_is_harmless) {
  use_all_but_users();
  transport->hanging.insert("/a");
  const auto pending = ask<polar_answered>(node->actors()->polar, call_to("/a"));
  BOOST_REQUIRE(transport->open.size() == 1u);
  caf::anon_send_exit(node->actors()->polar, caf::exit_reason::kill);
  run();
  transport->open.front()(polar::http_response{200, {}, {}});
  run();
  BOOST_TEST(!pending->has_value());
}

BOOST_AUTO_TEST_SUITE_END()

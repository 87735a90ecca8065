// Goal: the first signal asks, the second insists, and a failure inside is told from both. Method:
// signals to this very process, which the object takes.
#define BOOST_TEST_DYN_LINK
#include "commands/stop_signals.hpp"

#include <boost/test/unit_test.hpp>

#include <csignal>
#include <future>
#include <unistd.h>

using namespace polar_flow::commands;

namespace {

struct signals_fixture {
  std::promise<void> insisted;
  stop_signals signals{[this] {
    insisted.set_value();
  }};

  static void send(int number) {
    kill(getpid(), number);
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(stop_signals_rules, signals_fixture)

BOOST_AUTO_TEST_CASE(nothing_is_requested_at_first) {
  BOOST_TEST(!signals.is_requested());
}

BOOST_AUTO_TEST_CASE(a_signal_asks_for_the_end) {
  send(SIGTERM);
  const auto reason = signals.wait();
  BOOST_TEST((reason == stop_reason{SIGTERM}));
  BOOST_TEST(!reason.is_failure());
  BOOST_TEST(signals.is_requested());
}

BOOST_AUTO_TEST_CASE(a_second_signal_insists) {
  send(SIGINT);
  signals.wait();
  auto second = insisted.get_future();
  BOOST_TEST((second.wait_for(std::chrono::seconds{0}) == std::future_status::timeout));
  send(SIGTERM);
  second.wait();
  // The first reason counts.
  BOOST_TEST((signals.wait() == stop_reason{SIGINT}));
}

BOOST_AUTO_TEST_CASE(a_failure_inside_is_told_from_a_request) {
  signals.fail();
  BOOST_TEST(signals.wait().is_failure());
  // Whoever asks now asks for the first time.
  auto second = insisted.get_future();
  send(SIGTERM);
  send(SIGINT);
  second.wait();
  BOOST_TEST(signals.wait().is_failure());
}

BOOST_AUTO_TEST_CASE(a_failure_after_a_request_changes_nothing) {
  send(SIGTERM);
  signals.wait();
  signals.fail();
  BOOST_TEST(!signals.wait().is_failure());
}

BOOST_AUTO_TEST_SUITE_END()

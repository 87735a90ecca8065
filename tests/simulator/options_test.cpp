#define BOOST_TEST_DYN_LINK
#include "simulator/options.hpp"

#include <boost/test/unit_test.hpp>

#include <vector>

using namespace polar_flow;
using namespace polar_flow::simulator;

namespace {

parsed_options parse(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "polar-accesslink-simulator");
  return parse_options(static_cast<int>(arguments.size()), arguments.data());
}

} // namespace

BOOST_AUTO_TEST_SUITE(command_line)

BOOST_AUTO_TEST_CASE(defaults_are_harmless) {
  const auto made = parse({}).value.value();
  BOOST_TEST(made.host == "127.0.0.1");
  BOOST_TEST(made.athletes == 1);
  BOOST_TEST(made.has_control);
  BOOST_TEST(!made.auto_approve);
  BOOST_TEST(!made.sends_events);
  BOOST_TEST((made.first_day == default_first_day));
}

BOOST_AUTO_TEST_CASE(options_are_read) {
  const auto made = parse({"--port",
                           "0",
                           "--athletes",
                           "5000",
                           "--seed",
                           "9",
                           "--first-day",
                           "2026-02-01",
                           "--no-control",
                           "--auto-approve",
                           "--send-events",
                           "--rate-limit-short",
                           "7",
                           "--redirect-uri",
                           "http://a/b",
                           "--redirect-uri",
                           "http://c/d",
                           "--client-id",
                           "x",
                           "--client-secret",
                           "y",
                           "--state-file",
                           "s"})
                        .value.value();
  BOOST_TEST(made.port == 0);
  BOOST_TEST(made.athletes == 5000);
  BOOST_TEST(made.seed == 9U);
  BOOST_TEST(format_date(made.first_day) == "2026-02-01");
  BOOST_TEST(!made.has_control);
  BOOST_TEST(made.auto_approve);
  BOOST_TEST(made.sends_events);
  BOOST_TEST((made.limits.short_limit == 7U && !made.limits.long_limit));
  BOOST_TEST(made.redirect_uris.size() == 2U);
}

BOOST_AUTO_TEST_CASE(mistakes_end_with_two_and_help_with_zero) {
  for (const auto& wrong : std::vector<std::vector<const char*>>{{"--athletes", "0"},
                                                                 {"--port", "65536"},
                                                                 {"--first-day", "2026-02-30"},
                                                                 {"--unknown"},
                                                                 {"--certificate", "/etc/hostname"},
                                                                 {"--replay", "/no/such/folder"},
                                                                 {"--replay-map", "/etc/hostname"},
                                                                 {"stray"}}) {
    const auto parsed = parse(wrong);
    BOOST_TEST_INFO(wrong.front());
    BOOST_TEST(!parsed.value);
    BOOST_TEST(parsed.exit_code == 2);
  }
  BOOST_TEST(parse({"--help"}).exit_code == 0);
  BOOST_TEST(!parse({"--help"}).value);
  BOOST_TEST(parse({"--version"}).exit_code == 0);
}

#ifdef POLAR_FLOW_TEST_CLOCK
BOOST_AUTO_TEST_CASE(test_builds_take_a_clock) {
  BOOST_TEST(parse({"--clock-file", "now"}).value.value().clock_file->string() == "now");
}
#else
BOOST_AUTO_TEST_CASE(other_builds_take_no_clock) {
  BOOST_TEST(parse({"--clock-file", "now"}).exit_code == 2);
}
#endif

BOOST_AUTO_TEST_SUITE_END()

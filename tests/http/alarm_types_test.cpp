// Goal: alarms are shown as docs/analytics.md promises, with a message for every state. Method:
// literals.
#define BOOST_TEST_DYN_LINK
#include "http/alarm_types.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace polar_flow;
using namespace polar_flow::http;

namespace {

const date today = std::chrono::sys_days{std::chrono::year{2026} / 3 / 20};

std::string written(const alarms& raised) {
  json_writer out;
  write(out, raised);
  return out.take();
}

const std::string no_overload =
    R"("overload":{"as_of":null,"state":"learning","since":null,)"
    R"("message":"No training load of the last days is known","week_load":null,)"
    R"("usual_load":null,"ratio":null,"deviation":null,"strain":null}})";

} // namespace

BOOST_AUTO_TEST_SUITE(alarm_types)

BOOST_AUTO_TEST_CASE(an_illness_with_the_signals_that_are_known) {
  alarms raised;
  raised.illness = {.as_of = today,
                    .state = illness_state::ill,
                    .since = today - std::chrono::days{1},
                    .evidence = 6.5,
                    .heart_rate_bpm = signal_standing{58, 52.5, 2.25, 2.5},
                    .hrv_ln = signal_standing{3.5, 4.0, 0.125, 4.0},
                    .breaths_per_minute = std::nullopt,
                    .skin_temperature_celsius = std::nullopt,
                    .alarms_last_year = 2};
  BOOST_TEST(written(raised)
             == R"({"illness":{"as_of":"2026-03-20","state":"ill","since":"2026-03-19",)"
                R"("message":"Several overnight signals have left your own range together, as )"
                R"(when an infection begins. This is no diagnosis: rest, and trust how you feel",)"
                R"("evidence":6.5,"alarms_last_year":2,"signals":[)"
                R"({"signal":"heart_rate","unit":"1/min","value":58.0,"usual":52.5,)"
                R"-("spread":2.25,"deviation":2.5},{"signal":"hrv","unit":"ln(ms)","value":3.5,)-"
                R"("usual":4.0,"spread":0.125,"deviation":4.0}]},)"
                    + no_overload);
}

BOOST_AUTO_TEST_CASE(an_overload) {
  alarms raised;
  raised.overload = {.as_of = today,
                     .state = overload_state::overload,
                     .since = today,
                     .week_load = 120,
                     .usual_load = 60,
                     .ratio = 2,
                     .deviation = 2.5,
                     .strain = 1.25};
  const auto text = written(raised);
  BOOST_TEST(text.substr(text.find(R"("overload":)"))
             == R"("overload":{"as_of":"2026-03-20","state":"overload","since":"2026-03-20",)"
                R"("message":"You train far more than you are used to, and your nights show it",)"
                R"("week_load":120.0,"usual_load":60.0,"ratio":2.0,"deviation":2.5,)"
                R"("strain":1.25}})");
}

BOOST_AUTO_TEST_CASE(every_state_has_a_message) {
  alarms raised;
  raised.illness.as_of = today;
  for (const auto state :
       {illness_state::learning, illness_state::well, illness_state::suspected,
        illness_state::ill, illness_state::recovering}) {
    raised.illness.state = state;
    const auto text = written(raised);
    BOOST_TEST(text.find("\"state\":\"" + std::string{to_string(state)}) != std::string::npos);
    BOOST_TEST(text.find(R"("message":"")") == std::string::npos);
  }
  raised.overload.as_of = today;
  for (const auto state :
       {overload_state::learning, overload_state::usual, overload_state::overload}) {
    raised.overload.state = state;
    BOOST_TEST(written(raised).find(R"("message":"")") == std::string::npos);
  }
}

BOOST_AUTO_TEST_SUITE_END()

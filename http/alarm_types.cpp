#include "http/alarm_types.hpp"

#include "http/shown_values.hpp"

#include <optional>
#include <string_view>

namespace polar_flow::http {

namespace {

std::string_view message_of(const illness_standing& standing) {
  if (!standing.as_of)
    return "No night of the last days is known";
  switch (standing.state) {
  case illness_state::learning:
    return "Your usual nights are still being learned, which takes four weeks of two signals";
  case illness_state::well:
    return "Your nights are as usual";
  case illness_state::suspected:
    return "Your newest night was unusual; the next one will tell whether it means anything";
  case illness_state::ill:
    return "Several overnight signals have left your own range together, as when an infection "
           "begins. This is no diagnosis: rest, and trust how you feel";
  case illness_state::recovering:
    return "Your nights are coming back to normal; wait for another such night before you train "
           "hard";
  }
  return {};
}

std::string_view message_of(const overload_standing& standing) {
  if (!standing.as_of)
    return "No training load of the last days is known";
  switch (standing.state) {
  case overload_state::learning:
    return "Too few training days are known to compare this week with";
  case overload_state::usual:
    return "Your training is within what you are used to";
  case overload_state::overload:
    return standing.strain ? "You train far more than you are used to, and your nights show it"
                           : "You train far more than you are used to; your nights are not known";
  }
  return {};
}

void write_signal(json_writer& out, std::string_view name, std::string_view unit,
                  const std::optional<signal_standing>& signal) {
  if (!signal)
    return;
  out.begin_object();
  out.member("signal", name);
  out.member("unit", unit);
  out.member("value", signal->value);
  out.member("usual", signal->usual);
  out.member("spread", signal->spread);
  out.member("deviation", signal->deviation);
  out.end_object();
}

void write(json_writer& out, const illness_standing& standing) {
  out.begin_object();
  out.member("as_of", day_text(standing.as_of));
  out.member("state", to_string(standing.state));
  out.member("since", day_text(standing.since));
  out.member("message", message_of(standing));
  out.member("evidence", standing.evidence);
  out.member("alarms_last_year", standing.alarms_last_year);
  out.key("signals");
  out.begin_list();
  write_signal(out, "heart_rate", "1/min", standing.heart_rate_bpm);
  write_signal(out, "hrv", "ln(ms)", standing.hrv_ln);
  write_signal(out, "breathing_rate", "1/min", standing.breaths_per_minute);
  write_signal(out, "skin_temperature", "°C", standing.skin_temperature_celsius);
  out.end_list();
  out.end_object();
}

void write(json_writer& out, const overload_standing& standing) {
  out.begin_object();
  out.member("as_of", day_text(standing.as_of));
  out.member("state", to_string(standing.state));
  out.member("since", day_text(standing.since));
  out.member("message", message_of(standing));
  out.member("week_load", standing.week_load);
  out.member("usual_load", standing.usual_load);
  out.member("ratio", standing.ratio);
  out.member("deviation", standing.deviation);
  out.member("strain", standing.strain);
  out.end_object();
}

} // namespace

void write(json_writer& out, const alarms& raised) {
  out.begin_object();
  out.key("illness");
  write(out, raised.illness);
  out.key("overload");
  write(out, raised.overload);
  out.end_object();
}

} // namespace polar_flow::http

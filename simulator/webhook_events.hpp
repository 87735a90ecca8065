#pragma once

#include "domain/time.hpp"
#include "simulator/messages.hpp"
#include "simulator/outbox.hpp"
#include "simulator/webhook_book.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

/// What Polar tells a webhook.
namespace polar_flow::simulator {

/// Events that a webhook can ask for.
inline constexpr std::array<std::string_view, 7> webhook_event_names{"EXERCISE",
                                                                     "SLEEP",
                                                                     "CONTINUOUS_HEART_RATE",
                                                                     "SLEEP_WISE_CIRCADIAN_BEDTIME",
                                                                     "SLEEP_WISE_ALERTNESS",
                                                                     "ACTIVITY_SUMMARY",
                                                                     "PHYSICAL_INFORMATION"};

/// Asked of every new address, whatever the webhook wants.
inline constexpr std::string_view ping_event = "PING";

/// How an event names what it is about.
enum class event_subject : std::uint8_t { nothing, exercise, day, range, person };

/// Nothing for a name that Polar does not know.
std::optional<event_subject> subject_of(std::string_view event);

/// News of one athlete.
struct announcement {
  std::string event;
  std::int64_t athlete_id = 0;
  /// A single day where the event names one.
  date_range days;
  std::string exercise_id;
};

/// The notification of it, as JSON.
notification make_notification(const announcement& news, instant now);
notification make_ping(instant now);

/// HMAC-SHA256 in lower-case hexadecimal.
std::string hmac_sha256_hex(std::string_view key, std::string_view text);

/// The signed POST that takes `what` to the webhook.
outgoing_post make_post(const webhook& to, const notification& what);

} // namespace polar_flow::simulator

#include "simulator/webhook_events.hpp"

#include "simulator/json_text.hpp"
#include "simulator/polar_text.hpp"

#include <boost/json.hpp>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>

namespace polar_flow::simulator {

namespace {

namespace json = boost::json;

constexpr const char* base_url = "https://www.polaraccesslink.com/v3";

struct event_row {
  std::string_view name;
  event_subject subject;
  /// Path below the base, without the part that names day or exercise.
  const char* path;
};

constexpr std::array<event_row, 8> rows{{
    {ping_event, event_subject::nothing, ""},
    {"EXERCISE", event_subject::exercise, "/exercises/"},
    {"SLEEP", event_subject::day, "/users/sleep/"},
    {"CONTINUOUS_HEART_RATE", event_subject::day, "/users/continuous-heart-rate/"},
    {"ACTIVITY_SUMMARY", event_subject::day, "/users/activities/"},
    {"SLEEP_WISE_ALERTNESS", event_subject::range, "/users/sleepwise/alertness/date"},
    {"SLEEP_WISE_CIRCADIAN_BEDTIME", event_subject::range,
     "/users/sleepwise/circadian-bedtime/date"},
    {"PHYSICAL_INFORMATION", event_subject::person, "/users/physical-info"},
}};

const event_row* find_row(std::string_view event) {
  const auto found = std::ranges::find(rows, event, &event_row::name);
  return found == rows.end() ? nullptr : &*found;
}

void add_subject(const event_row& row, const announcement& news, json::object& body) {
  auto url = std::string{base_url} + row.path;
  const auto first = format_date(news.days.first);
  const auto last = format_date(news.days.last);
  switch (row.subject) {
  case event_subject::nothing:
    return;
  case event_subject::exercise:
    body["entity_id"] = news.exercise_id;
    url += news.exercise_id;
    break;
  case event_subject::day:
    body["date"] = first;
    url += first;
    break;
  case event_subject::range:
    body["from"] = first;
    body["to"] = last;
    url += "?from=" + first + "&to=" + last;
    break;
  case event_subject::person:
    break;
  }
  body["url"] = url;
}

} // namespace

std::optional<event_subject> subject_of(std::string_view event) {
  const auto* row = find_row(event);
  return row == nullptr ? std::nullopt : std::optional{row->subject};
}

notification make_notification(const announcement& news, instant now) {
  const auto* row = find_row(news.event);
  json::object body{{"event", news.event}};
  if (row != nullptr && row->subject != event_subject::nothing)
    body["user_id"] = news.athlete_id;
  body["timestamp"] = utc_stamp(std::chrono::floor<std::chrono::seconds>(now));
  if (row != nullptr)
    add_subject(*row, news, body);
  return {news.event, to_text(body)};
}

notification make_ping(instant now) {
  return make_notification({.event = std::string{ping_event}, .days = {}, .exercise_id = {}}, now);
}

std::string hmac_sha256_hex(std::string_view key, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> code{};
  unsigned size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), code.data(), &size);
  constexpr std::string_view digits = "0123456789abcdef";
  std::string printed;
  for (unsigned i = 0; i < size; ++i) {
    printed += digits[code[i] >> 4];
    printed += digits[code[i] & 15];
  }
  return printed;
}

outgoing_post make_post(const webhook& to, const notification& what) {
  // A forger knows everything but the secret.
  const auto& key = what.has_wrong_signature ? to.id : to.secret;
  return {to.url,
          {{"Content-Type", "application/json"},
           {"Polar-Webhook-Event", what.event},
           {"Polar-Webhook-Signature", hmac_sha256_hex(key, what.body)}},
          what.body};
}

} // namespace polar_flow::simulator

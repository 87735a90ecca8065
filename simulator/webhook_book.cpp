#include "simulator/webhook_book.hpp"

#include <boost/json.hpp>

#include <utility>

namespace polar_flow::simulator {

namespace {

namespace json = boost::json;

constexpr const char* stored_event = "webhook";
constexpr const char* removed_event = "webhook-removed";

std::string print(const webhook& what) {
  json::object body{{"id", what.id},
                    {"events", json::array(what.events.begin(), what.events.end())},
                    {"url", what.url},
                    {"secret", what.secret},
                    {"active", what.is_active}};
  if (what.failing_since)
    body["failing_since"] = what.failing_since->time_since_epoch().count();
  return json::serialize(body);
}

webhook read(const std::string& text) {
  const auto body = json::parse(text);
  webhook made;
  made.id = std::string{body.at("id").as_string()};
  for (const auto& name : body.at("events").as_array())
    made.events.push_back(std::string{name.as_string()});
  made.url = std::string{body.at("url").as_string()};
  made.secret = std::string{body.at("secret").as_string()};
  made.is_active = body.at("active").as_bool();
  if (const auto* since = body.as_object().if_contains("failing_since"))
    made.failing_since = instant{std::chrono::microseconds{since->as_int64()}};
  return made;
}

} // namespace

webhook_book::webhook_book(std::shared_ptr<journal> lines,
                           const std::vector<journal_entry>& earlier)
    : journal_(std::move(lines)) {
  for (const auto& entry : earlier) {
    if (entry.event == stored_event)
      current_ = read(entry.text);
    else if (entry.event == removed_event)
      current_.reset();
  }
}

void webhook_book::store(webhook changed, instant now) {
  if (changed == current_)
    return;
  current_ = std::move(changed);
  if (journal_)
    journal_->append({stored_event, 0, print(*current_), now});
}

void webhook_book::remove(instant now) {
  current_.reset();
  if (journal_)
    journal_->append({removed_event, 0, {}, now});
}

void webhook_book::note_delivery(bool is_taken, instant now) {
  if (!current_)
    return;
  auto changed = *current_;
  if (is_taken)
    changed.failing_since.reset();
  else if (!changed.failing_since)
    changed.failing_since = now;
  else if (now - *changed.failing_since >= webhook_patience)
    changed.is_active = false;
  store(std::move(changed), now);
}

} // namespace polar_flow::simulator

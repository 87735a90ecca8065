#include "simulator/endpoints.hpp"
#include "simulator/training.hpp"
#include "simulator/webhook_events.hpp"
#include "simulator/world.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace polar_flow::simulator {

namespace {

namespace json = boost::json;

using std::chrono::days;

/// What one request may ask for.
constexpr std::int64_t copies_max = 1000;
constexpr days range_days_max{400};

/// What `POST /simulator/events` asks for.
struct wanted_events {
  announcement news;
  std::int64_t count = 1;
  bool has_wrong_signature = false;
  bool is_reversed = false;
};

response refuse(int status, std::string_view message) {
  return error_response(status, "simulator", message);
}

bool has_flag(const json::object& body, std::string_view name) {
  const auto* value = body.if_contains(name);
  return value != nullptr && value->is_bool() && value->get_bool();
}

std::string text_of(const json::object& body, std::string_view name) {
  const auto* value = body.if_contains(name);
  return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

/// `date`, or `from` and `to`, or nothing for today.
std::string read_days(const json::object& body, date today, date_range& made) {
  made = {today, today};
  for (const auto& [name, ends] :
       {std::pair{"date", 3}, std::pair{"from", 1}, std::pair{"to", 2}}) {
    if (!body.contains(name))
      continue;
    const auto day = parse_date(text_of(body, name));
    if (!day)
      return std::string{name} + " must be a date";
    if ((ends & 1) != 0)
      made.first = *day;
    if ((ends & 2) != 0)
      made.last = *day;
  }
  if (made.first > made.last || made.last - made.first > range_days_max)
    return "the range is empty or too long";
  return {};
}

std::string read_wanted(const json::object& body, wanted_events& made) {
  made.news.event = text_of(body, "event");
  if (!subject_of(made.news.event))
    return "event must be one of Polar's or PING";
  const auto* athlete = body.if_contains("athlete");
  if (athlete != nullptr && !athlete->is_int64())
    return "athlete must be an id";
  // Also ids that do not exist: Polar may send news of users that a client has forgotten.
  made.news.athlete_id = athlete == nullptr ? first_athlete_id : athlete->get_int64();
  if (const auto* count = body.if_contains("count")) {
    if (!count->is_int64() || count->get_int64() < 1 || count->get_int64() > copies_max)
      return "count must be 1 to 1000";
    made.count = count->get_int64();
  }
  made.news.exercise_id = text_of(body, "exercise");
  made.has_wrong_signature = has_flag(body, "wrong_signature");
  made.is_reversed = has_flag(body, "reorder");
  return {};
}

date today_of(world& all, std::int64_t athlete_id) {
  const bool is_known = all.is_athlete(athlete_id);
  return local_date(all.clock->now(),
                    is_known ? all.person(athlete_id).utc_offset : std::chrono::minutes{0});
}

/// One announcement per day or session where an event names only one.
std::vector<announcement> take_apart(world& all, const announcement& news) {
  const auto subject = subject_of(news.event);
  const bool names_sessions = subject == event_subject::exercise && news.exercise_id.empty();
  if (subject != event_subject::day && !names_sessions)
    return {news};
  std::vector<announcement> found;
  for (date day = news.days.first; day <= news.days.last; day += days{1}) {
    auto part = news;
    part.days = {day, day};
    if (!names_sessions) {
      found.push_back(part);
    } else if (all.is_athlete(news.athlete_id)) {
      const auto& who = all.person(news.athlete_id);
      for (const auto& done : sessions_on(who, day)) {
        part.exercise_id = exercise_id(who, done);
        found.push_back(part);
      }
    }
  }
  return found;
}

} // namespace

response send_events(world& all, const request& received) {
  boost::system::error_code code;
  const auto value = json::parse(received.body, code);
  const auto* body = value.if_object();
  if (code || body == nullptr)
    return refuse(400, "the body must be a JSON object");
  wanted_events wanted;
  auto mistake = read_wanted(*body, wanted);
  if (mistake.empty())
    mistake = read_days(*body, today_of(all, wanted.news.athlete_id), wanted.news.days);
  if (!mistake.empty())
    return refuse(400, mistake);
  if (!all.hooks.current() || !all.hooks.current()->is_active)
    return refuse(409, "there is no active webhook");
  const auto now = all.clock->now();
  std::vector<notification> made;
  for (const auto& news : take_apart(all, wanted.news)) {
    auto told = make_notification(news, now);
    told.has_wrong_signature = wanted.has_wrong_signature;
    made.insert(made.end(), static_cast<std::size_t>(wanted.count), told);
  }
  if (wanted.is_reversed)
    std::ranges::reverse(made);
  for (auto& each : made)
    all.notifications.add(std::move(each), now);
  return json_response({{"queued", made.size()}}, 202);
}

response list_events(const world& all) {
  return json_response({{"waiting", all.notifications.waiting()},
                        {"taken", all.notifications.taken()},
                        {"refused", all.notifications.refused()}});
}

} // namespace polar_flow::simulator

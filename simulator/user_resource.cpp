#include "simulator/endpoints.hpp"
#include "simulator/polar_text.hpp"
#include "simulator/world.hpp"

#include <boost/json.hpp>

namespace polar_flow::simulator {

namespace {

namespace json = boost::json;

/// `2011-10-14T12:50:37.000Z`
std::string registration_stamp(instant since) {
  auto text = utc_stamp(std::chrono::floor<std::chrono::seconds>(since));
  text.insert(text.size() - 1, ".000");
  return text;
}

json::object make_body(const athlete& who, const registration& registered) {
  return {{"polar-user-id", who.id},
          {"member-id", registered.member_id},
          {"registration-date", registration_stamp(registered.since)},
          {"first-name", "Demo"},
          {"last-name", "Athlete " + std::to_string(who.id - first_athlete_id + 1)},
          {"birthdate", format_date(who.birthday)},
          {"gender", who.is_female ? "FEMALE" : "MALE"},
          {"weight", who.weight_kg},
          {"height", who.height_cm},
          {"extra-info", json::array{}}};
}

std::optional<std::string> read_member_id(std::string_view body) {
  boost::system::error_code code;
  const auto value = json::parse(body, code);
  const auto* object = value.if_object();
  const auto* member = code || object == nullptr ? nullptr : object->if_contains("member-id");
  if (member == nullptr || !member->is_string() || member->get_string().empty())
    return std::nullopt;
  return std::string{member->get_string()};
}

} // namespace

response register_user(world& all, const request& received, std::int64_t caller) {
  const auto member_id = read_member_id(received.body);
  if (!member_id)
    return error_response(400, "bad_request", "member-id is missing");
  switch (all.people.register_user(caller, *member_id, all.clock->now())) {
  case registration_result::already_registered:
    return error_response(409, "conflict", "User is already registered");
  case registration_result::member_id_taken:
    return error_response(409, "conflict", "member-id is used for another user");
  case registration_result::done:
    break;
  }
  return json_response(make_body(all.person(caller), *all.people.find_registration(caller)));
}

response show_user(world& all, std::string_view id, std::int64_t caller) {
  const auto asked = all.find_athlete_id(id);
  if (asked && asked != caller)
    return error_response(403, "forbidden", "The token belongs to another user");
  const auto* registered = asked ? all.people.find_registration(*asked) : nullptr;
  if (registered == nullptr)
    return empty_response(204);
  return json_response(make_body(all.person(*asked), *registered));
}

response delete_user(world& all, std::string_view id, std::int64_t caller) {
  if (all.find_athlete_id(id) != caller)
    return error_response(403, "forbidden", "The token belongs to another user");
  if (all.people.find_registration(caller) == nullptr)
    return error_response(404, "not_found", "User is not registered");
  all.people.deregister_user(caller);
  return empty_response(204);
}

} // namespace polar_flow::simulator

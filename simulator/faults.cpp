#include "simulator/faults.hpp"

#include "simulator/json_text.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace polar_flow::simulator {

namespace {

/// More than any client should accept for a list of 28 days.
constexpr std::size_t huge_body_bytes = 10 * 1024 * 1024;

constexpr std::array<std::pair<std::string_view, fault_kind>, 9> kinds{{
    {"status", fault_kind::status},
    {"empty", fault_kind::empty},
    {"truncated", fault_kind::truncated},
    {"wrong_types", fault_kind::wrong_types},
    {"huge", fault_kind::huge},
    {"hang", fault_kind::hang},
    {"reset", fault_kind::reset},
    {"cut", fault_kind::cut},
    {"latency", fault_kind::latency},
}};

/// Keeps names and nesting and turns every value into one of another type.
boost::json::value with_wrong_types(const boost::json::value& right) {
  if (const auto* object = right.if_object()) {
    boost::json::object wrong;
    for (const auto& member : *object)
      wrong.emplace(member.key(), with_wrong_types(member.value()));
    return wrong;
  }
  if (const auto* array = right.if_array()) {
    boost::json::object wrong;
    for (std::size_t i = 0; i < array->size(); ++i)
      wrong.emplace(std::to_string(i), with_wrong_types((*array)[i]));
    return wrong;
  }
  if (right.is_number())
    return "many";
  if (right.is_string())
    return boost::json::array{17};
  return boost::json::object{{"was", right}};
}

std::string spoil_types(const std::string& body) {
  boost::system::error_code code;
  const auto right = boost::json::parse(body, code);
  return code ? std::string{"42"} : to_text(with_wrong_types(right));
}

/// Valid JSON: a client must refuse it for its size, not for its syntax.
std::string huge_body() {
  std::string body = "{\"nights\":[";
  body.append(huge_body_bytes, ' ');
  return body + "]}";
}

std::optional<std::int64_t> parse_id(std::string_view text) {
  std::int64_t id = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), id);
  const bool is_whole = code == std::errc{} && end == text.data() + text.size();
  return is_whole ? std::optional{id} : std::nullopt;
}

std::string read_athlete(const boost::json::value& value, fault& made) {
  if (value == "all")
    return {};
  if (const auto* number = value.if_int64())
    made.athlete_id = *number;
  else if (const auto* text = value.if_string())
    made.athlete_id = parse_id({text->data(), text->size()});
  return made.athlete_id ? std::string{} : "athlete must be \"all\" or an id";
}

/// Takes a whole number between `low` and `high` under `key` if it is there.
template <class Store>
std::string read_number(const boost::json::object& body, std::string_view key, std::int64_t low,
                        std::int64_t high, Store store) {
  const auto* value = body.if_contains(key);
  if (value == nullptr)
    return {};
  const auto* number = value->if_int64();
  if (number == nullptr || *number < low || *number > high)
    return std::string{key} + " must be a whole number from " + std::to_string(low) + " to "
           + std::to_string(high);
  store(*number);
  return {};
}

std::string read_kind(const boost::json::object& body, fault& made) {
  const auto* name = body.if_contains("kind");
  const auto found = std::ranges::find_if(kinds, [&](const auto& entry) {
    return name != nullptr && name->is_string() && name->get_string() == entry.first;
  });
  if (found == kinds.end())
    return "kind must be one of status, empty, truncated, wrong_types, huge, hang, reset, cut, "
           "latency";
  made.kind = found->second;
  return {};
}

} // namespace

parsed_fault parse_fault(std::string_view text) {
  boost::system::error_code code;
  const auto value = boost::json::parse(text, code);
  const auto* body = value.if_object();
  if (code || body == nullptr)
    return {std::nullopt, "the body must be a JSON object"};
  fault made;
  auto error = read_kind(*body, made);
  if (const auto* who = body->if_contains("athlete"); error.empty() && who != nullptr)
    error = read_athlete(*who, made);
  if (const auto* path = body->if_contains("path"); error.empty() && path != nullptr) {
    if (path->is_string())
      made.path = std::string{path->get_string()};
    else
      error = "path must be a text";
  }
  if (error.empty())
    error = read_number(*body, "status", 200, 599, [&](auto n) { made.status = int(n); });
  if (error.empty())
    error = read_number(*body, "latency_ms", 0, 600'000,
                        [&](auto n) { made.latency = std::chrono::milliseconds{n}; });
  if (error.empty())
    error = read_number(*body, "times", 0, 1'000'000, [&](auto n) {
      made.times_left = n == 0 ? std::nullopt : std::optional<std::uint64_t>{n};
    });
  if (!error.empty())
    return {std::nullopt, error};
  return {made, {}};
}

void fault_table::add(fault added) {
  faults_.push_back(std::move(added));
}

void fault_table::clear() {
  faults_.clear();
}

std::optional<fault> fault_table::strike(const std::string& path,
                                         std::optional<std::int64_t> athlete_id) {
  const auto found = std::ranges::find_if(faults_, [&](const fault& each) {
    return path.starts_with(each.path) && (!each.athlete_id || each.athlete_id == athlete_id);
  });
  if (found == faults_.end())
    return std::nullopt;
  const auto struck = *found;
  if (found->times_left && --*found->times_left == 0)
    faults_.erase(found);
  return struck;
}

response spoil(response answer, const fault& by) {
  answer.delay = by.latency;
  switch (by.kind) {
  case fault_kind::status:
  case fault_kind::latency:
    break;
  case fault_kind::empty:
    answer.body.clear();
    break;
  case fault_kind::truncated:
    answer.body.resize(answer.body.size() / 2);
    break;
  case fault_kind::wrong_types:
    answer.body = spoil_types(answer.body);
    break;
  case fault_kind::huge:
    answer.status = 200;
    answer.body = huge_body();
    break;
  case fault_kind::hang:
    answer.how = delivery::hang;
    break;
  case fault_kind::reset:
    answer.how = delivery::reset;
    break;
  case fault_kind::cut:
    answer.how = delivery::cut;
    break;
  }
  return answer;
}

} // namespace polar_flow::simulator

#include "simulator/faults.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace polar_flow::simulator {

namespace {

constexpr std::array<std::pair<std::string_view, fault_kind>, 14> kinds{{
    {"status", fault_kind::status},
    {"revoke_token", fault_kind::revoke_token},
    {"clock_skew", fault_kind::clock_skew},
    {"empty", fault_kind::empty},
    {"truncated", fault_kind::truncated},
    {"malformed", fault_kind::malformed},
    {"wrong_types", fault_kind::wrong_types},
    {"duplicated", fault_kind::duplicated},
    {"reordered", fault_kind::reordered},
    {"huge", fault_kind::huge},
    {"hang", fault_kind::hang},
    {"reset", fault_kind::reset},
    {"cut", fault_kind::cut},
    {"latency", fault_kind::latency},
}};

/// A clock that is a year off is wrong enough.
constexpr std::int64_t skew_max_min = 366 * 24 * 60;

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
  if (found == kinds.end()) {
    std::string names;
    for (const auto& [each, kind] : kinds)
      names += (names.empty() ? "" : ", ") + std::string{each};
    return "kind must be one of " + names;
  }
  made.kind = found->second;
  return {};
}

} // namespace

std::string_view to_string(fault_kind kind) {
  const auto found =
      std::ranges::find(kinds, kind, &std::pair<std::string_view, fault_kind>::second);
  return found == kinds.end() ? std::string_view{} : found->first;
}

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
    error = read_number(*body, "minutes", -skew_max_min, skew_max_min,
                        [&](auto n) { made.clock_skew = std::chrono::minutes{n}; });
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

} // namespace polar_flow::simulator

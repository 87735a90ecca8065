#include "simulator/fault_mix.hpp"

#include "simulator/draw.hpp"

#include <boost/json.hpp>

namespace polar_flow::simulator {

namespace {

namespace json = boost::json;

/// Targets whose repetitions are counted; beyond that all requests count as the first.
constexpr std::size_t counted_targets_max = 1'000'000;

/// For kinds that are given by name alone.
constexpr std::chrono::milliseconds usual_latency{200};
constexpr std::chrono::minutes usual_skew{90};

/// FNV-1a: std::hash may differ from one library to the next.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const unsigned char c : text)
    hash = (hash ^ c) * 0x100000001B3ULL;
  return hash;
}

/// A kind is a name, or an object as `POST /simulator/faults` takes it.
std::string read_kind(const json::value& value, mix_settings& made) {
  const bool is_name = value.is_string();
  auto parsed = parse_fault(json::serialize(is_name ? json::object{{"kind", value}} : value));
  if (!parsed.value)
    return parsed.error;
  if (is_name && parsed.value->kind == fault_kind::latency)
    parsed.value->latency = usual_latency;
  if (is_name && parsed.value->kind == fault_kind::clock_skew)
    parsed.value->clock_skew = usual_skew;
  made.kinds.push_back(*std::move(parsed.value));
  return {};
}

std::string read_kinds(const json::object& body, mix_settings& made) {
  const auto* kinds = body.if_contains("kinds");
  if (kinds == nullptr || !kinds->is_array() || kinds->get_array().empty())
    return "kinds must be a list of faults";
  std::string error;
  for (const auto& each : kinds->get_array()) {
    if (error.empty())
      error = read_kind(each, made);
  }
  return error;
}

std::string read_numbers(const json::object& body, mix_settings& made) {
  const auto* share = body.if_contains("share");
  boost::system::error_code code;
  made.share = share == nullptr ? -1.0 : share->to_number<double>(code);
  if (code || made.share < 0.0 || made.share > 1.0)
    return "share must be a number from 0 to 1";
  if (const auto* seed = body.if_contains("seed")) {
    made.seed = seed->to_number<std::uint64_t>(code);
    if (code)
      return "seed must be a whole number";
  }
  if (const auto* until = body.if_contains("until_requests")) {
    made.until_requests = until->to_number<std::uint64_t>(code);
    if (code)
      return "until_requests must be a whole number";
  }
  return {};
}

/// Athlete and path mean what they mean for a single fault, so its reader takes them.
std::string read_aim(const json::object& body, mix_settings& made) {
  json::object aim{{"kind", "status"}};
  for (const char* name : {"athlete", "path"}) {
    if (const auto* value = body.if_contains(name))
      aim[name] = *value;
  }
  auto parsed = parse_fault(json::serialize(aim));
  if (!parsed.value)
    return parsed.error;
  made.athlete_id = parsed.value->athlete_id;
  made.path = std::move(parsed.value->path);
  return {};
}

} // namespace

parsed_mix parse_mix(std::string_view text) {
  boost::system::error_code code;
  const auto value = json::parse(text, code);
  const auto* body = value.if_object();
  if (code || body == nullptr)
    return {std::nullopt, "the body must be a JSON object"};
  mix_settings made;
  for (auto* read : {read_kinds, read_numbers, read_aim}) {
    if (const auto error = read(*body, made); !error.empty())
      return {std::nullopt, error};
  }
  return {made, {}};
}

std::optional<fault> fault_mix::strike(const std::string& target, const std::string& path,
                                       std::int64_t athlete_id) {
  const bool is_aimed_at = path.starts_with(settings_.path)
                           && (!settings_.athlete_id || settings_.athlete_id == athlete_id);
  if (is_over() || !is_aimed_at)
    return std::nullopt;
  ++requests_;
  const auto what = mix(hash_of(target), static_cast<std::uint64_t>(athlete_id));
  std::int64_t times = 0;
  if (times_asked_.size() < counted_targets_max || times_asked_.contains(what))
    times = times_asked_[what]++;
  draw numbers{mix(settings_.seed, what), times, topic::fault_mix};
  if (!numbers.chance(settings_.share))
    return std::nullopt;
  const auto last = static_cast<int>(settings_.kinds.size()) - 1;
  return settings_.kinds[static_cast<std::size_t>(numbers.integer(0, last))];
}

} // namespace polar_flow::simulator

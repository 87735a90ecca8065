#include "simulator/endpoints.hpp"
#include "simulator/world.hpp"

#include <boost/json.hpp>

namespace polar_flow::simulator {

namespace {

namespace json = boost::json;

response refuse(int status, std::string_view message) {
  return error_response(status, "simulator", message);
}

json::object struck(const world& all) {
  json::object counts;
  for (const auto& [kind, count] : all.struck_counts)
    counts[to_string(kind)] = count;
  return counts;
}

response add_fault(world& all, const request& received) {
  auto parsed = parse_fault(received.body);
  if (!parsed.value)
    return refuse(400, parsed.error);
  all.faults.add(*std::move(parsed.value));
  return json_response({{"faults", all.faults.size()}}, 201);
}

response clear_faults(world& all) {
  all.faults.clear();
  all.mixed_faults.reset();
  all.struck_counts.clear();
  return empty_response(204);
}

response show_mix(const world& all, int status) {
  json::object body{{"active", all.mixed_faults && !all.mixed_faults->is_over()},
                    {"struck", struck(all)}};
  if (all.mixed_faults) {
    const auto& settings = all.mixed_faults->settings();
    body["seed"] = settings.seed;
    body["share"] = settings.share;
    body["requests"] = all.mixed_faults->requests();
    if (settings.until_requests)
      body["until_requests"] = *settings.until_requests;
  }
  return json_response(body, status);
}

response set_mix(world& all, const request& received) {
  auto parsed = parse_mix(received.body);
  if (!parsed.value)
    return refuse(400, parsed.error);
  all.mixed_faults.emplace(*std::move(parsed.value));
  all.struck_counts.clear();
  return show_mix(all, 201);
}

response end_mix(world& all) {
  all.mixed_faults.reset();
  return empty_response(204);
}

} // namespace

response control_faults(world& all, const request& received, const parsed_target& target) {
  const bool is_mix = target.path == "/simulator/faults/mix";
  if (!is_mix && target.path != "/simulator/faults")
    return refuse(404, "no such control");
  if (received.method == "POST")
    return is_mix ? set_mix(all, received) : add_fault(all, received);
  if (received.method == "DELETE")
    return is_mix ? end_mix(all) : clear_faults(all);
  if (received.method != "GET")
    return refuse(405, "GET, POST or DELETE only");
  return is_mix ? show_mix(all, 200)
                : json_response({{"faults", all.faults.size()}, {"struck", struck(all)}});
}

} // namespace polar_flow::simulator

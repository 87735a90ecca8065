#include "simulator/spoiling.hpp"

#include "simulator/json_slices.hpp"
#include "simulator/json_text.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace polar_flow::simulator {

namespace {

/// More than any client should accept for a list of 28 days.
constexpr std::size_t huge_body_bytes = 10 * 1024 * 1024;

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

std::string break_syntax(std::string body) {
  if (const auto place = middle_separator(body))
    body[*place] = ';';
  else if (!body.empty())
    body.pop_back();
  return body;
}

std::string double_records(const std::string& body) {
  const auto list = find_records(body);
  if (!list)
    return body;
  std::vector<std::string_view> twice;
  for (const auto& record : list->records)
    twice.insert(twice.end(), 2, record);
  return join_records(*list, twice);
}

std::string reverse_records(const std::string& body) {
  auto list = find_records(body);
  if (!list)
    return body;
  auto reversed = list->records;
  std::ranges::reverse(reversed);
  return join_records(*list, reversed);
}

} // namespace

response spoil(response answer, const fault& by) {
  answer.delay = by.latency;
  switch (by.kind) {
  case fault_kind::status:
  case fault_kind::revoke_token:
  case fault_kind::clock_skew:
  case fault_kind::latency:
    break;
  case fault_kind::empty:
    answer.body.clear();
    break;
  case fault_kind::truncated:
    answer.body.resize(answer.body.size() / 2);
    break;
  case fault_kind::malformed:
    answer.body = break_syntax(std::move(answer.body));
    break;
  case fault_kind::wrong_types:
    answer.body = spoil_types(answer.body);
    break;
  case fault_kind::duplicated:
    answer.body = double_records(answer.body);
    break;
  case fault_kind::reordered:
    answer.body = reverse_records(answer.body);
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

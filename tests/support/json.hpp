#pragma once

#include <boost/json.hpp>

#include <string>
#include <string_view>

namespace polar_flow::testing {

/// Throws std::runtime_error with the text in its message when it is not JSON: for tests a plain
/// end of the test case is right.
boost::json::value parse_json(std::string_view text);

/// Names of an object's members in the order of the text, joined by commas: our contract fixes
/// the order too. "(no object)" for anything else.
std::string keys_of(const boost::json::value& value);

/// Kind of each member, in order, such as "date:string,steps:int64": shape without values.
std::string kinds_of(const boost::json::value& value);

} // namespace polar_flow::testing

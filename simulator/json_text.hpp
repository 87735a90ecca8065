#pragma once

#include <boost/json/fwd.hpp>

#include <string>
#include <string_view>

namespace polar_flow::simulator {

/// JSON as Polar prints it: `14824.0` and `75.3686`, where Boost.JSON would print `1.4824E4`.
std::string to_text(const boost::json::value& value);

/// Puts one more member, already printed, at the end of a printed object that is not empty. Long
/// series are printed by hand: as JSON values they would take a hundred times as long to make.
void append_member(std::string& object, std::string_view name, std::string_view value);

/// Cuts a measured value to six significant digits, which is what Polar's single-precision floats
/// show.
double six_digits(double value);

/// Cuts to `digits` decimals.
double rounded(double value, int digits);

} // namespace polar_flow::simulator

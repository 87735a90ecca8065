#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// Numbers and lists inside sentences. Measured values round the exact binary value half to even,
/// as printf does, and never use the locale: 12.5 with no decimals is "12".
namespace polar_flow::analytics {

/// `%.<decimals>f`.
std::string fixed_text(double value, int decimals);

/// `%+.<decimals>f`: the sign is always shown, also that of zero (−0.04 → "-0.0").
std::string signed_text(double value, int decimals);

/// "1 day", "2 days".
std::string days_text(std::int32_t count);

/// "a, b, c".
std::string list_text(const std::vector<std::string>& items);

} // namespace polar_flow::analytics

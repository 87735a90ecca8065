#pragma once

#include <filesystem>
#include <string>

/// Users whose rows are known one by one, so that every answer about them can be worked out by
/// hand. They are written past the server, as nothing but a sync could write them, and stand in no
/// schedule. The clock of the server must be at `test_instant`.
namespace polar_flow::testing {

/// Eight nights, the last of them bad, and something of every stream with zeros and gaps.
inline constexpr const char* planted_user = "planted_user-1";
/// Thirty even days, and no Polar token.
inline constexpr const char* steady_user = "steady-user";
/// Nothing at all.
inline constexpr const char* blank_user = "blank-user";

inline constexpr const char* planted_key = "pfk_1111111111111111111111111111111111111111";
inline constexpr const char* steady_key = "pfk_2222222222222222222222222222222222222222";
/// A service-level key, which may read everybody.
inline constexpr const char* service_key = "pfk_3333333333333333333333333333333333333333";
inline constexpr const char* blank_key = "pfk_4444444444444444444444444444444444444444";
/// Each of the keys above has so many requests an hour.
inline constexpr int planted_limit = 100'000;

/// A service-level key with two requests an hour.
inline constexpr const char* scarce_key = "pfk_5555555555555555555555555555555555555555";

/// Writes users, rows and keys into the database of the server that works below `folder`. A server
/// knows the keys within a second.
void plant_known_users(const std::filesystem::path& folder);

} // namespace polar_flow::testing

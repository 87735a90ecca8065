#pragma once

#include "config/settings.hpp"

#include <string>
#include <string_view>

namespace polar_flow {

/// Stands for a secret wherever settings are shown.
inline constexpr std::string_view secret_mask = "********";

/// `values` as a configuration file: each option under the sentence that explains it, secrets
/// masked, what is not set commented out.
std::string print_config(const settings& values);

/// `connection`, a URL or keywords for libpq, with its password masked.
std::string mask_password(std::string_view connection);

} // namespace polar_flow

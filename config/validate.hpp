#pragma once

#include "config/problem.hpp"
#include "config/settings.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace polar_flow {

struct origin {
  /// As in `problem`.
  std::string where;
  /// The value was wrong and has been reported, so the option keeps an older one.
  bool is_rejected = false;
};

/// Option name → who gave it its value last, or tried to.
using origins = std::map<std::string, origin, std::less<>>;

/// What is wrong with settings whose values are right one by one: impossible combinations, and
/// files and folders that are not there.
std::vector<problem> validate(const settings& values, const origins& sources);

/// Secrets that are only the mask which `print_config` shows. Whoever runs a printed
/// configuration would have a key that everybody knows.
std::vector<problem> find_masked_secrets(const settings& values, const origins& sources);

} // namespace polar_flow

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace polar_flow::zip {

/// Why a file of a zip must not be called so, as the rest of a sentence that begins with "its
/// name"; empty when the name is harmless: relative, within its folder, UTF-8 and printable. The
/// server never makes a path of it, but a name travels into logs, answers and other zips.
std::string_view objection_to_name(std::string_view name, std::size_t bytes_max);

/// The beginning of `name` with `?` for every byte that is not part of printable UTF-8, so that
/// also a refused name can be reported.
std::string printable_name(std::string_view name, std::size_t bytes_max);

} // namespace polar_flow::zip

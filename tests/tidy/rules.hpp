#pragma once

#include <filesystem>
#include <string>
#include <vector>

/// The checks that keep the house in order, over plain text, so that they are tested themselves.
namespace polar_flow::tidy {

struct source_file {
  /// Relative to the checkout, with forward slashes: `http/router.cpp`.
  std::string path;
  std::string text;
};

/// Every C++ source of the checkout outside `build/`.
std::vector<source_file> read_sources();

/// Each returned string is one violation: "path:line: what is wrong, and what to do instead".
using violations = std::vector<std::string>;

/// Who may include whom, and which library belongs to whom (DESIGN section 2).
violations check_includes(const source_file& file);

/// Calls that have a replacement of ours.
violations check_banned(const source_file& file);

/// Long lines, trailing blanks, tabs, `FIXME`, `TODO` without an issue.
violations check_text(const source_file& file);

/// Messages of an actor interface and limits in `defaults.hpp` are each explained.
violations check_explained(const source_file& file);

} // namespace polar_flow::tidy

#pragma once

#include "polar/flow_export.hpp"
#include "tests/polar/flow_export_samples.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace polar_flow::testing {

/// The records of one kind in a file; none when it has no such part. Throws when the file cannot be
/// read.
template <class Record>
std::vector<Record> read_export(std::string_view file_name, std::string_view content) {
  const auto file = polar::read_export_file(file_name, content).value();
  for (const auto& part : file.parts)
    if (const auto* records = std::get_if<std::vector<Record>>(&part.records))
      return *records;
  return {};
}

template <class Record>
std::vector<Record> read_export(const export_sample& sample) {
  return read_export<Record>(sample.file_name, sample.content);
}

} // namespace polar_flow::testing

#pragma once

#include "analytics/windows.hpp"
#include "domain/explanation.hpp"

#include <optional>
#include <span>
#include <string>
#include <utility>

namespace polar_flow::analytics {

/// Builds an explanation piece by piece.
class explanation_writer {
public:
  explanation_writer(explained subject, date today) {
    made_.subject = subject;
    made_.today = today;
  }

  explanation_writer& rows(std::string name, std::string unit,
                           std::span<const dated_value> values,
                           std::optional<date_range> window = std::nullopt) {
    made_.rows.push_back(
        {std::move(name), std::move(unit), window, {values.begin(), values.end()}});
    return *this;
  }

  /// Those of `values` within `window`.
  explanation_writer& window(std::string name, std::string unit,
                             std::span<const dated_value> values, date_range window) {
    return rows(std::move(name), std::move(unit), between(values, window), window);
  }

  explanation_writer& setting(std::string name, double value) {
    made_.settings.push_back({std::move(name), value});
    return *this;
  }

  explanation_writer& figure(std::string name, std::optional<double> value, std::string unit,
                             std::string formula) {
    made_.figures.push_back(
        {std::move(name), value, std::move(unit), std::move(formula)});
    return *this;
  }

  explanation finish() {
    return std::move(made_);
  }

private:
  explanation made_;
};

} // namespace polar_flow::analytics

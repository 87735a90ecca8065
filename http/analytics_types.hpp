#pragma once

#include "domain/ids.hpp"
#include "domain/insights.hpp"

#include <string>
#include <vector>

/// Our JSON of the analytics endpoints but for insights and the list of baselines.
namespace polar_flow::http {

/// One of GET /baselines.
std::string to_json(const baseline& one);

/// What POST /baselines/calculate tells: the status of each metric.
std::string to_json_statuses(const std::vector<baseline>& baselines, const user_id& user);

std::string to_json(const metric_check& check);
std::string to_json(const analytics_status& status, const user_id& user);

std::string to_json(const std::vector<pattern_analysis>& patterns);
std::string to_json(const pattern_analysis& pattern);

/// What POST /patterns/detect tells: the significance of each pattern.
std::string to_json_significances(const std::vector<pattern_analysis>& patterns,
                                  const user_id& user);

std::string to_json(const std::vector<anomaly_summary>& anomalies, const user_id& user);

} // namespace polar_flow::http

#pragma once

#include "domain/explanation.hpp"
#include "domain/ids.hpp"
#include "domain/standings.hpp"
#include "domain/summaries.hpp"
#include "http/json_writer.hpp"

#include <string>
#include <vector>

/// What goes beyond the baselines: as parts of GET /insights, and GET /predictions and
/// GET /explain/{metric}.
namespace polar_flow::http {

void write(json_writer& out, const hrv_standing& standing);
void write(json_writer& out, const load_standing& standing);

/// The predictions in short, a list.
void write_shown(json_writer& out, const std::vector<prediction>& shown);

std::string to_json(const std::vector<prediction>& predictions, const user_id& user);

std::string to_json(const explanation& made, const user_id& user, const data_version& version);

} // namespace polar_flow::http

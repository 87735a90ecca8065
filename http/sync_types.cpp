#include "http/sync_types.hpp"

#include "http/json_writer.hpp"

#include <algorithm>
#include <array>

namespace polar_flow::http {

namespace {

constexpr std::array all_coverage_states{coverage_state::complete, coverage_state::partial,
                                         coverage_state::missing, coverage_state::not_available,
                                         coverage_state::error};

std::optional<std::string> text_of(const std::optional<instant>& time) {
  return time ? std::optional{format_instant(*time)} : std::nullopt;
}

std::optional<std::string> text_of(const std::optional<date>& day) {
  return day ? std::optional{format_date(*day)} : std::nullopt;
}

void add_failure(json_writer& out, const std::optional<error>& failure) {
  out.key("error_type");
  if (failure)
    out.value(to_string(failure->code));
  else
    out.null();
  out.key("error_message");
  if (failure && !failure->message.empty())
    out.value(failure->message);
  else
    out.null();
}

void add_stream(json_writer& out, const stream_outcome& outcome) {
  out.begin_object();
  out.member("stream", to_string(outcome.kind));
  out.member("records", outcome.records);
  out.member("calls", outcome.calls);
  add_failure(out, outcome.failure);
  out.end_object();
}

/// Under the names that the original gives the columns of its log.
void add_quota(json_writer& out, std::string_view window, const std::optional<call_quota>& told) {
  const auto shown = [&](std::int32_t call_quota::*count) {
    return told ? std::optional{(*told).*count} : std::nullopt;
  };
  out.member("rate_limit_limit_" + std::string{window}, shown(&call_quota::limit));
  out.member("rate_limit_remaining_" + std::string{window}, shown(&call_quota::remaining));
}

void add_log(json_writer& out, const sync_report& report) {
  std::int64_t records = 0;
  for (const auto& outcome : report.streams)
    records += outcome.records;
  std::optional<std::int64_t> duration_ms;
  if (report.completed_at)
    duration_ms = std::chrono::duration_cast<std::chrono::milliseconds>(*report.completed_at
                                                                        - report.started_at)
                      .count();
  out.begin_object();
  out.member("job_id", report.job.value);
  out.member("status", to_string(report.status));
  out.member("trigger", to_string(report.trigger));
  out.member("priority", to_string(report.priority));
  out.member("started_at", format_instant(report.started_at));
  out.member("completed_at", text_of(report.completed_at));
  out.member("duration_ms", duration_ms);
  out.member("total_records", records);
  out.member("api_calls_made", report.calls);
  out.member("analytics_done", report.analytics_done);
  out.member("patterns_detected", report.patterns_detected);
  add_quota(out, "15m", report.quotas.quarter_hour);
  add_quota(out, "24h", report.quotas.day);
  out.key("streams");
  out.begin_list();
  for (const auto& outcome : report.streams)
    add_stream(out, outcome);
  out.end_list();
  out.end_object();
}

/// What a person has to know about the state, if anything.
std::optional<std::string_view> advice_for(const user_record& record) {
  switch (record.state) {
  case connection_state::needs_reauthorization:
    return "Polar no longer accepts this user's authorization; connect the account again";
  case connection_state::disconnected:
    return "The Polar account is disconnected; the data that was synced is kept";
  case connection_state::connected:
    break;
  }
  if (!record.has_token)
    return "No Polar token is stored; a sync needs one in X-Polar-Token";
  if (record.consecutive_failures > 0)
    return "The last sync failed; the next one is tried after a pause";
  return std::nullopt;
}

} // namespace

std::string to_json(const std::vector<sync_report>& logs) {
  json_writer out;
  out.begin_list();
  for (const auto& report : logs)
    add_log(out, report);
  out.end_list();
  return out.take();
}

std::string to_json(const sync_state& state) {
  const auto& record = state.record;
  const bool is_running = state.last && state.last->status == sync_status::started;
  json_writer out;
  out.begin_object();
  out.member("user_id", record.id.value);
  out.member("state", to_string(record.state));
  out.member("message", advice_for(record));
  out.member("is_syncing", is_running);
  out.member("last_synced_at", text_of(record.last_synced_at));
  out.member("last_new_data_at", text_of(record.last_new_data_at));
  out.member("consecutive_failures", record.consecutive_failures);
  out.member("not_before", text_of(record.not_before));
  out.member("next_loss_at", text_of(record.next_loss_at));
  out.key("last_sync");
  if (state.last)
    add_log(out, *state.last);
  else
    out.null();
  out.end_object();
  return out.take();
}

std::string to_json(const user_record& record) {
  json_writer out;
  out.begin_object();
  out.member("user_id", record.id.value);
  out.member("state", to_string(record.state));
  out.end_object();
  return out.take();
}

std::string to_json(const coverage_report& report, const user_id& user) {
  json_writer out;
  out.begin_object();
  out.member("user_id", user.value);
  out.member("today", format_date(report.today));
  out.key("streams");
  out.begin_list();
  for (const auto& [kind, days] : report.streams) {
    out.begin_object();
    out.member("stream", to_string(kind));
    for (const auto state : all_coverage_states)
      out.member(to_string(state), std::ranges::count(days, state, &day_coverage::state));
    out.key("days");
    out.begin_list();
    // Newest first, as all our lists.
    for (auto day = days.rbegin(); day != days.rend(); ++day) {
      out.begin_object();
      out.member("date", format_date(day->day));
      out.member("state", to_string(day->state));
      out.key("reason");
      if (day->reason.empty())
        out.null();
      else
        out.value(day->reason);
      out.member("fetchable_until", text_of(day->fetchable_until));
      out.end_object();
    }
    out.end_list();
    out.end_object();
  }
  out.end_list();
  out.end_object();
  return out.take();
}

std::string to_json(const sync_event& event) {
  json_writer out;
  out.begin_object();
  out.member("job_id", event.job.value);
  out.member("at", format_instant(event.at));
  if (event.of) {
    out.member("stream", to_string(*event.of));
    out.member("requests_left", event.requests_left);
  }
  out.member("records", event.records);
  out.member("calls", event.calls);
  if (event.status)
    out.member("status", to_string(*event.status));
  add_failure(out, event.failure);
  out.end_object();
  return out.take();
}

} // namespace polar_flow::http

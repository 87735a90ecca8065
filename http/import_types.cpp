#include "http/import_types.hpp"

#include "http/json_writer.hpp"
#include "http/shown_values.hpp"

namespace polar_flow::http {

namespace {

void write(json_writer& out, const imported_file& file) {
  out.begin_object();
  out.member("name", file.name);
  out.member("outcome", to_string(file.outcome));
  out.member("records", file.records);
  out.member("rows_changed", file.rows_changed);
  out.member("reason", file.reason.empty() ? std::nullopt : std::optional{file.reason});
  out.end_object();
}

} // namespace

std::string to_json(const import_report& report) {
  const auto& completed = report.completed_at;
  json_writer out;
  out.begin_object();
  out.member("import_id", report.job.value);
  out.member("kind", to_string(report.kind));
  out.member("status", to_string(report.status));
  out.member("zip_bytes", report.zip_bytes);
  out.member("received_at", format_instant(report.received_at));
  out.member("completed_at", completed ? std::optional{format_instant(*completed)} : std::nullopt);
  out.member("files_total", report.files_total);
  out.member("files_done", report.files_done);
  out.member("files_taken", report.files_taken);
  out.member("files_known", report.files_known);
  out.member("files_ignored", report.files_ignored);
  out.member("files_refused", report.files_refused);
  out.member("rows_changed", report.rows_changed);
  out.member("error", report.failure ? std::optional{report.failure->message} : std::nullopt);
  out.key("files");
  out.begin_list();
  for (const auto& file : report.files)
    write(out, file);
  out.end_list();
  out.end_object();
  return out.take();
}

} // namespace polar_flow::http

#pragma once

#include "domain/summaries.hpp"

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Our CSV exports.
namespace polar_flow::http {

/// Writes CSV after RFC 4180: fields are quoted only when they need it, lines end in CRLF.
class csv_writer {
public:
  /// Texts come from outside. One that a spreadsheet would take for a formula gets an apostrophe
  /// in front, which spreadsheets read as "this is text".
  void field(std::string_view text);
  void field(double number);

  template <std::integral T>
  requires(!std::same_as<T, bool>) void field(T number) {
    plain(std::to_string(number));
  }

  /// What is unknown is an empty field.
  template <class T>
  void field(const std::optional<T>& maybe) {
    if (maybe)
      field(*maybe);
    else
      plain({});
  }

  /// The first line, whose names need no quotes.
  void header(std::string_view names);

  void end_line();

  /// What was written; the writer is empty afterwards.
  std::string take();

private:
  /// Adds a field that needs no quotes.
  void plain(std::string_view text);

  std::string out_;
  bool needs_comma_ = false;
};

/// Rows come newest first and are exported oldest first, below a line of names.
std::string to_csv(const std::vector<sleep_summary>& rows);
std::string to_csv(const std::vector<activity_day>& rows);
std::string to_csv(const std::vector<recharge_summary>& rows);
std::string to_csv(const std::vector<cardio_load_day>& rows);

} // namespace polar_flow::http

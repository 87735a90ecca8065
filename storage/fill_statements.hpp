#pragma once

#include "storage/made_statements.hpp"
#include "storage/session.hpp"

#include <string_view>

namespace polar_flow::storage {

/// A table that a file of Polar's account export can fill. The texts become part of statements.
struct fill_table {
  std::string_view name;
  /// The primary key but for the user.
  std::string_view key;
  /// When the row that is there, `filled.line`, yields to the one that a file tells, `stored`.
  std::string_view yields = "false";
};

/// The statements that fill in what is unknown, for each table.
class fill_statements {
public:
  /// keep_rows for this table.
  const statement& keeping(const fill_table& table);

  /// fill_rows for this table; asks the database for its columns.
  const statement& filling(transaction& tx, const fill_table& table);

  /// settle_filled_rows for this table.
  const statement& settling(const fill_table& table);

private:
  made_statements made_;
};

} // namespace polar_flow::storage

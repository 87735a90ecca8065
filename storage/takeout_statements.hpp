#pragma once

#include "storage/made_statements.hpp"
#include "storage/session.hpp"
#include "storage/takeout_format.hpp"

namespace polar_flow::storage {

/// The statements that take rows out and put them back, for each table of a takeout.
class takeout_statements {
public:
  /// load_takeout_rows for this table.
  const statement& loading(const takeout_table& table);

  /// put_takeout_rows for this table; asks the database for its columns.
  const statement& putting(transaction& tx, const takeout_table& table);

private:
  made_statements made_;
};

} // namespace polar_flow::storage

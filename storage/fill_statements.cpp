#include "storage/fill_statements.hpp"

#include "storage/decode.hpp"
#include "storage/statements.hpp"

#include <pqxx/result>

#include <string>

namespace polar_flow::storage {

namespace {

/// `device_id, test_time` as `row.device_id, row.test_time`.
std::string qualified(std::string_view row, std::string_view key) {
  std::string text;
  while (!key.empty()) {
    const auto name = key.substr(0, key.find(", "));
    if (!text.empty())
      text += ", ";
    text += row;
    text += '.';
    text += name;
    key.remove_prefix(name.size() < key.size() ? name.size() + 2 : key.size());
  }
  return text;
}

/// The names of all columns but those that fill themselves.
std::string columns_of(transaction& tx, std::string_view table) {
  const auto rows = tx.run(statements::list_takeout_columns, parameters::of(table, false));
  const auto row = rows.front();
  return row_reader{row}.next<std::string>();
}

} // namespace

const statement& fill_statements::keeping(const fill_table& table) {
  return made_.find_or_make(statements::keep_rows, table.name, [&] {
    return made_statements::words{{"{table}", std::string{table.name}},
                                  {"{key}", std::string{table.key}}};
  });
}

const statement& fill_statements::filling(transaction& tx, const fill_table& table) {
  return made_.find_or_make(statements::fill_rows, table.name, [&] {
    return made_statements::words{{"{table}", std::string{table.name}},
                                  {"{key}", std::string{table.key}},
                                  {"{stored_key}", qualified("stored", table.key)},
                                  {"{filled_key}", qualified("filled", table.key)},
                                  {"{columns}", columns_of(tx, table.name)},
                                  {"{yields}", std::string{table.yields}}};
  });
}

const statement& fill_statements::settling(const fill_table& table) {
  return made_.find_or_make(statements::settle_filled_rows, table.name, [&] {
    return made_statements::words{{"{table}", std::string{table.name}},
                                  {"{stored_key}", qualified("stored", table.key)},
                                  {"{filled_key}", qualified("filled", table.key)}};
  });
}

} // namespace polar_flow::storage

#include "storage/takeout_statements.hpp"

#include "storage/decode.hpp"
#include "storage/statements.hpp"

#include <pqxx/result>

#include <string>

namespace polar_flow::storage {

const statement& takeout_statements::loading(const takeout_table& table) {
  return made_.find_or_make(statements::load_takeout_rows, table.name, [&] {
    return made_statements::words{{"{table}", std::string{table.name}},
                                  {"{key}", std::string{table.key}},
                                  {"{key_before}", std::string{table.key_before}},
                                  {"{condition}", std::string{table.condition}}};
  });
}

const statement& takeout_statements::putting(transaction& tx, const takeout_table& table) {
  return made_.find_or_make(statements::put_takeout_rows, table.name, [&] {
    const auto rows
        = tx.run(statements::list_takeout_columns,
                 parameters::of(table.name, table.kind == takeout_rows::numbered));
    const auto row = rows.front();
    std::string columns;
    std::string values;
    std::string times;
    row_reader{row} >> columns >> values >> times;
    return made_statements::words{{"{table}", std::string{table.name}},
                                  {"{columns}", std::move(columns)},
                                  {"{values}", std::move(values)},
                                  {"{condition}", std::string{table.condition}},
                                  {"{times}", std::move(times)}};
  });
}

} // namespace polar_flow::storage

#pragma once

#include "storage/statement.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polar_flow::storage {

/// Statements about tables that are alike: each text is made once from a file of storage/queries,
/// by putting the names of a table and its columns in. All these words are ours or the database's,
/// none is a client's. The statements live as long as this.
class made_statements {
public:
  /// What stands in the file, in braces, and what comes in its place.
  using words = std::vector<std::pair<std::string_view, std::string>>;

  const statement& find_or_make(const statement& file, std::string_view table,
                                const std::function<words()>& list_words);

private:
  struct made_statement {
    std::string name;
    std::string text;
    statement made;
  };

  std::map<std::string, made_statement, std::less<>> made_;
};

} // namespace polar_flow::storage

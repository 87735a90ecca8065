#include "storage/made_statements.hpp"

namespace polar_flow::storage {

namespace {

void replace_all(std::string& text, std::string_view word, std::string_view by) {
  for (auto found = text.find(word); found != std::string::npos;
       found = text.find(word, found + by.size()))
    text.replace(found, word.size(), by);
}

} // namespace

const statement& made_statements::find_or_make(const statement& file, std::string_view table,
                                               const std::function<words()>& list_words) {
  std::string name{file.name};
  name += '_';
  name += table;
  if (const auto found = made_.find(name); found != made_.end())
    return found->second.made;
  std::string text{file.text};
  for (const auto& [word, by] : list_words())
    replace_all(text, word, by);
  auto& kept = made_[name];
  kept.name = std::move(name);
  kept.text = std::move(text);
  kept.made = {kept.name.c_str(), kept.text.c_str()};
  return kept.made;
}

} // namespace polar_flow::storage

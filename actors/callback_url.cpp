#include "actors/callback_url.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>

namespace polar_flow::actors {

std::string with_query(std::string_view text,
                       const std::vector<std::pair<std::string, std::string>>& parameters) {
  const auto parsed = boost::urls::parse_uri({text.data(), text.size()});
  if (!parsed)
    return std::string{text};
  boost::urls::url url{*parsed};
  for (const auto& [name, value] : parameters)
    url.params().append({name, value});
  return std::string{url.buffer().data(), url.buffer().size()};
}

} // namespace polar_flow::actors

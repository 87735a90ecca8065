#pragma once

#include "http/message.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace polar_flow::http {

/// Which web pages of other origins may call the API from a browser (the Fetch standard's CORS
/// protocol). Without origins nothing is ever added to an answer.
class cors_rules {
public:
  explicit cors_rules(std::vector<std::string> origins);

  /// Tells the browser whether the page may read `answer`. `allow` is the value of the Allow
  /// header when the answer is one to OPTIONS, else empty.
  void apply(response& answer, const request& message, std::string_view allow) const;

private:
  std::vector<std::string> origins_;
};

} // namespace polar_flow::http

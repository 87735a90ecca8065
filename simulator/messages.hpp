#pragma once

#include <boost/json/fwd.hpp>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// HTTP as values: what `respond` takes and gives, without sockets.
namespace polar_flow::simulator {

using headers = std::vector<std::pair<std::string, std::string>>;

/// Value of the first header called `name`, whatever its case; empty when there is none.
std::string_view find_header(const headers& list, std::string_view name);

struct request {
  std::string method;
  /// Path and query.
  std::string target;
  simulator::headers headers;
  std::string body;
};

/// How an answer reaches the client.
enum class delivery : std::uint8_t {
  whole,
  /// Never, until the client gives up.
  hang,
  /// The connection is reset instead.
  reset,
  /// The head promises the whole body, the connection ends in its middle.
  cut,
};

/// A POST of Polar's own: it calls the client's webhook.
struct outgoing_post {
  std::string url;
  simulator::headers headers;
  std::string body;
};

struct deferred_answer;

struct response {
  int status = 200;
  simulator::headers headers;
  std::string body;
  delivery how = delivery::whole;
  std::chrono::milliseconds delay{0};
  /// Set when the answer depends on a call that must be made first; the rest means nothing then.
  std::shared_ptr<const deferred_answer> deferred = nullptr;
};

/// The call to make, and the answer once its status is known; 0 says that it was not answered.
struct deferred_answer {
  outgoing_post call;
  std::function<response(int status)> conclude;
};

/// Changes an answer, now or as soon as it is known.
response finish(response answer, std::function<response(response)> change);

using query_parameters = std::map<std::string, std::string, std::less<>>;

/// A decoded request target.
struct parsed_target {
  std::string path;
  std::vector<std::string> segments;
  query_parameters query;
};

std::optional<parsed_target> parse_target(std::string_view text);

/// The fields of an `application/x-www-form-urlencoded` body.
query_parameters parse_form(std::string_view body);

/// `text` made safe inside a query parameter.
std::string encode_parameter(std::string_view text);

/// The decoded `user:password` of HTTP Basic, or nothing.
std::optional<std::pair<std::string, std::string>> basic_credentials(const request& received);

/// The token of HTTP Bearer; empty when there is none.
std::string_view bearer_token(const request& received);

response json_response(const boost::json::value& body, int status = 200);
/// A 200 whose JSON is printed already.
response text_response(std::string body);

response empty_response(int status);

/// A bare list, or 204 when there is nothing in it.
response list_response(boost::json::array found);

/// Polar's error body.
response error_response(int status, std::string_view type, std::string_view message);

/// OAuth's error body.
response oauth_error(int status, std::string_view code, std::string_view description);

} // namespace polar_flow::simulator

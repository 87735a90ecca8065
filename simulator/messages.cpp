#include "simulator/messages.hpp"

#include "simulator/json_text.hpp"

#include <boost/json.hpp>
#include <boost/url.hpp>
#include <openssl/evp.h>

#include <algorithm>
#include <cctype>

namespace polar_flow::simulator {

namespace {

bool equal_ignoring_case(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, [](unsigned char a, unsigned char b) {
    return std::tolower(a) == std::tolower(b);
  });
}

/// What follows `scheme ` in the Authorization header.
std::string_view authorization(const request& received, std::string_view scheme) {
  const auto value = find_header(received.headers, "Authorization");
  if (value.size() <= scheme.size() || value[scheme.size()] != ' '
      || !equal_ignoring_case(value.substr(0, scheme.size()), scheme))
    return {};
  return value.substr(scheme.size() + 1);
}

query_parameters decode_parameters(boost::urls::params_encoded_view list) {
  boost::urls::encoding_opts options;
  options.space_as_plus = true;
  query_parameters decoded;
  for (const auto& parameter : list) {
    boost::urls::pct_string_view key = parameter.key;
    boost::urls::pct_string_view value = parameter.value;
    std::string name;
    std::string text;
    key.decode(options, boost::urls::string_token::assign_to(name));
    value.decode(options, boost::urls::string_token::assign_to(text));
    decoded.emplace(std::move(name), std::move(text));
  }
  return decoded;
}

} // namespace

response finish(response answer, std::function<response(response)> change) {
  if (!answer.deferred)
    return change(std::move(answer));
  answer.deferred = std::make_shared<deferred_answer>(
      answer.deferred->call, [conclude = answer.deferred->conclude, change = std::move(change)](
                                 int status) { return change(conclude(status)); });
  return answer;
}

std::string_view find_header(const headers& list, std::string_view name) {
  for (const auto& [key, value] : list) {
    if (equal_ignoring_case(key, name))
      return value;
  }
  return {};
}

std::optional<parsed_target> parse_target(std::string_view text) {
  const auto url = boost::urls::parse_origin_form(text);
  if (!url)
    return std::nullopt;
  parsed_target target;
  target.path = std::string{url->path()};
  for (const auto& segment : url->segments())
    target.segments.push_back(std::string{segment});
  target.query = decode_parameters(url->encoded_params());
  return target;
}

query_parameters parse_form(std::string_view body) {
  const auto list = boost::urls::parse_query(body);
  return list ? decode_parameters(*list) : query_parameters{};
}

std::string encode_parameter(std::string_view text) {
  return boost::urls::encode(text, boost::urls::unreserved_chars);
}

std::optional<std::pair<std::string, std::string>> basic_credentials(const request& received) {
  const auto encoded = authorization(received, "Basic");
  std::string decoded(encoded.size(), '\0');
  const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(decoded.data()),
                                     reinterpret_cast<const unsigned char*>(encoded.data()),
                                     static_cast<int>(encoded.size()));
  if (length <= 0)
    return std::nullopt;
  decoded.resize(static_cast<std::size_t>(length));
  // OpenSSL decodes the padding as zero bytes.
  while (decoded.ends_with('\0'))
    decoded.pop_back();
  const auto colon = decoded.find(':');
  if (colon == std::string::npos)
    return std::nullopt;
  return std::pair{decoded.substr(0, colon), decoded.substr(colon + 1)};
}

std::string_view bearer_token(const request& received) {
  return authorization(received, "Bearer");
}

response json_response(const boost::json::value& body, int status) {
  response answer;
  answer.status = status;
  answer.headers.emplace_back("Content-Type", "application/json;charset=UTF-8");
  answer.body = to_text(body);
  return answer;
}

response text_response(std::string body) {
  response answer;
  answer.headers.emplace_back("Content-Type", "application/json;charset=UTF-8");
  answer.body = std::move(body);
  return answer;
}

response empty_response(int status) {
  response answer;
  answer.status = status;
  return answer;
}

response list_response(boost::json::array found) {
  return found.empty() ? empty_response(204) : json_response(std::move(found));
}

response error_response(int status, std::string_view type, std::string_view message) {
  return json_response({{"status", status}, {"errorType", type}, {"message", message}}, status);
}

response oauth_error(int status, std::string_view code, std::string_view description) {
  return json_response({{"error", code}, {"error_description", description}}, status);
}

} // namespace polar_flow::simulator

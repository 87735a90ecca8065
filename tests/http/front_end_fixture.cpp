#include "tests/http/front_end_fixture.hpp"

#include "crypto/hash.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace polar_flow::testing {

api_key_record make_key_record(std::string_view key, std::optional<std::string> user,
                               std::int32_t limit) {
  api_key_record record;
  record.hash = crypto::sha256_hex(key);
  record.prefix = key.substr(0, 12);
  if (user)
    record.user = user_id{*user};
  record.rate_limit_requests = limit;
  record.rate_limit_remaining = limit;
  return record;
}

std::shared_ptr<const key_table> make_key_table(std::vector<api_key_record> records) {
  auto table = std::make_shared<key_table>();
  for (auto& record : records) {
    const std::string hash = record.hash;
    table->emplace(hash, std::make_shared<key_entry>(std::move(record)));
  }
  return table;
}

http::front_end_options make_options(std::shared_ptr<const published_keys> keys,
                                     std::shared_ptr<const wall_clock> clock) {
  http::front_end_options options;
  options.server.host = "127.0.0.1";
  options.http.threads = 1;
  options.http.max_connections = 64;
  options.http.header_bytes_max = 4096;
  options.http.body_bytes_max = 8192;
  options.http.pipelined_requests_max = 8;
  options.http.read_timeout = std::chrono::seconds{30};
  options.http.write_timeout = std::chrono::seconds{30};
  options.http.idle_timeout = std::chrono::seconds{30};
  options.http.render_cache_bytes = 1024 * 1024;
  options.security.master_key = std::string{master_key};
  options.security.allowed_callback_origins = {"https://app.example"};
  options.keys = std::move(keys);
  options.clock = std::move(clock);
  options.guesses = std::make_shared<http::wrong_keys>(wrong_keys_per_minute);
  options.random = crypto::make_seeded_random(1);
  return options;
}

front_end_fixture::front_end_fixture() {
  keys->store(make_key_table(
      {make_key_record(user_key, "12345"), make_key_record(service_key, std::nullopt)}));
  reset();
}

void front_end_fixture::reset() {
  dispatcher =
      std::make_unique<http::dispatcher>(options, behind, options.http.render_cache_bytes, "test");
}

http::response front_end_fixture::ask(std::string_view method, std::string_view target,
                                      std::vector<http::header_view> headers,
                                      std::string_view body) {
  http::request message;
  message.method = http::parse_method(method);
  message.target = target;
  message.headers = headers;
  message.body = body;
  message.is_from_trusted_proxy = is_from_trusted_proxy;
  http::response answer;
  std::exception_ptr problem;
  boost::asio::io_context context;
  boost::asio::co_spawn(context, dispatcher->respond(message),
                        [&](std::exception_ptr thrown, http::response given) {
                          problem = thrown;
                          answer = std::move(given);
                        });
  context.run();
  if (problem)
    std::rethrow_exception(problem);
  return answer;
}

http::response front_end_fixture::get(std::string_view target) {
  return ask("GET", target, {{"X-API-Key", user_key}});
}

std::string body_of(const http::response& answer) {
  return answer.body ? *answer.body : std::string{};
}

std::string header_of(const http::response& answer, std::string_view name) {
  const auto found =
      std::ranges::find(answer.headers, name, &std::pair<std::string_view, std::string>::first);
  return found == answer.headers.end() ? std::string{} : found->second;
}

} // namespace polar_flow::testing

#pragma once

#include "crypto/hash.hpp"
#include "domain/api_keys.hpp"
#include "domain/clock.hpp"
#include "http/dispatcher.hpp"
#include "tests/http/fake_backend.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polar_flow::testing {

/// Shows what the test says.
class manual_clock final : public wall_clock {
public:
  instant now() const override {
    return time;
  }

  instant time{std::chrono::seconds{1'800'000'000}};
};

inline constexpr std::string_view master_key = "master-key-of-the-tests";
/// Key of user 12345 with a limit of 1000.
inline constexpr std::string_view user_key = "pfk_0000000000000000000000000000000000000001";
inline constexpr std::string_view service_key = "pfk_0000000000000000000000000000000000000002";

inline api_key_record make_key_record(std::string_view key, std::optional<std::string> user,
                                      std::int32_t limit = 1000) {
  api_key_record record;
  record.hash = crypto::sha256_hex(key);
  record.prefix = key.substr(0, 12);
  if (user)
    record.user = user_id{*user};
  record.rate_limit_requests = limit;
  record.rate_limit_remaining = limit;
  return record;
}

inline std::shared_ptr<const key_table> make_key_table(std::vector<api_key_record> records) {
  auto table = std::make_shared<key_table>();
  for (auto& record : records) {
    const std::string hash = record.hash;
    table->emplace(hash, std::make_shared<key_entry>(std::move(record)));
  }
  return table;
}

inline http::front_end_options make_options(std::shared_ptr<const published_keys> keys,
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
  options.random = crypto::make_seeded_random(1);
  return options;
}

/// The front-end without sockets: requests and answers are values.
struct front_end_fixture {
  front_end_fixture() {
    keys->store(make_key_table(
        {make_key_record(user_key, "12345"), make_key_record(service_key, std::nullopt)}));
    reset();
  }

  /// Applies changed `options`.
  void reset() {
    dispatcher = std::make_unique<http::dispatcher>(options, behind,
                                                    options.http.render_cache_bytes, "test");
  }

  http::response ask(std::string_view method, std::string_view target,
                     std::vector<http::header_view> headers = {}, std::string_view body = {}) {
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

  /// GET with the key of user 12345.
  http::response get(std::string_view target) {
    return ask("GET", target, {{"X-API-Key", user_key}});
  }

  backend_script script;
  fake_backend behind{script};
  std::shared_ptr<published_keys> keys = std::make_shared<published_keys>();
  std::shared_ptr<manual_clock> clock = std::make_shared<manual_clock>();
  http::front_end_options options = make_options(keys, clock);
  std::unique_ptr<http::dispatcher> dispatcher;
  bool is_from_trusted_proxy = false;
};

inline std::string body_of(const http::response& answer) {
  return answer.body ? *answer.body : std::string{};
}

inline std::string header_of(const http::response& answer, std::string_view name) {
  const auto found =
      std::ranges::find(answer.headers, name, &std::pair<std::string_view, std::string>::first);
  return found == answer.headers.end() ? std::string{} : found->second;
}

} // namespace polar_flow::testing

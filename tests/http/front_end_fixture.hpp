#pragma once

#include "domain/api_keys.hpp"
#include "domain/clock.hpp"
#include "http/dispatcher.hpp"
#include "tests/http/fake_backend.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
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

api_key_record make_key_record(std::string_view key, std::optional<std::string> user,
                               std::int32_t limit = 1000);

std::shared_ptr<const key_table> make_key_table(std::vector<api_key_record> records);

/// More than most tests send.
inline constexpr std::uint32_t wrong_keys_per_minute = 30;

http::front_end_options make_options(std::shared_ptr<const published_keys> keys,
                                     std::shared_ptr<const wall_clock> clock);

/// The front-end without sockets: requests and answers are values.
struct front_end_fixture {
  front_end_fixture();

  /// Applies changed `options`.
  void reset();

  http::response ask(std::string_view method, std::string_view target,
                     std::vector<http::header_view> headers = {}, std::string_view body = {});

  /// GET with the key of user 12345.
  http::response get(std::string_view target);

  backend_script script;
  fake_backend behind{script};
  std::shared_ptr<published_keys> keys = std::make_shared<published_keys>();
  std::shared_ptr<manual_clock> clock = std::make_shared<manual_clock>();
  http::front_end_options options = make_options(keys, clock);
  std::unique_ptr<http::dispatcher> dispatcher;
  bool is_from_trusted_proxy = false;
};

std::string body_of(const http::response& answer);

std::string header_of(const http::response& answer, std::string_view name);

} // namespace polar_flow::testing

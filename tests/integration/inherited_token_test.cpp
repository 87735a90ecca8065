// Goal: whoever moves here from polar-flow-server keeps the connection to Polar: with the same
// ENCRYPTION_KEY the tokens it stored are read, until the next authorization replaces them by our
// own form. Method: the simulator is told of a token that was encrypted by Python's `cryptography`,
// the library that polar-flow-server uses, and the stored token of a user is replaced by that text.
#define BOOST_TEST_DYN_LINK
#include "tests/integration/database.hpp"
#include "tests/integration/world.hpp"
#include "tests/support/json.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace {

using namespace polar_flow::testing;

/// URL-safe base64 of the bytes 7 to 38.
constexpr const char* encryption_key = "BwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSY=";

constexpr const char* token = "0123456789abcdef0123456789abcdef";

/// `Fernet(encryption_key).encrypt_at_time(token, 1750000000)` of cryptography 48.0.0.
constexpr const char* fernet_token =
    "gAAAAABoTuGAkvQZmuICb7RFFa7YOY2WuJEKBDBl562auFceapF8Z7UbYuDDmC8M2jCew-D2Pobk3j-f0hAqv6w3-77_"
    "IGJsjB9U4fWy0ugcAw22iOiqi0mBttDEZ1qGWB3fMQHjNQP4";

/// The same with the bytes 70 to 101 as the key.
constexpr const char* token_under_another_key =
    "gAAAAABoTuGAGAxa93gYua36P8Et3W2ifoiQaEpFprXY1Oa3kv3ryeOCvkCL5xU-UkGB6IcOBBXmN767FYxozaM_0jG3"
    "ECvAQbYkjrIFMFRzbo9vj6yuk7uSbieP8UIH6gnYPF9yQUfK";

struct inherited_token_world {
  static inline std::unique_ptr<temporary_folder> simulator_folder;
  static inline std::unique_ptr<world> shared;

  void setup() {
    simulator_folder = std::make_unique<temporary_folder>();
    // What the simulator would have written when it issued the token.
    std::ofstream{state_file()} << R"({"event":"token","athlete":)" << athlete_id(0)
                                << R"(,"text":")" << token << R"(","at":0})" << '\n';
    shared = std::make_unique<world>(world_options{
        .athletes = 1,
        .environment = {{"ENCRYPTION_KEY", encryption_key}, {"SYNC_ENABLED", "false"}},
        .simulator_arguments = {"--state-file", state_file().string(), "--first-day",
                                "2026-03-10"}});
    authorize(shared->server(), athlete_id(0));
  }

  void teardown() {
    shared = nullptr;
    simulator_folder = nullptr;
  }

  static std::filesystem::path state_file() {
    return simulator_folder->path() / "state";
  }
};

std::string sealed_token() {
  database tables{inherited_token_world::shared->folder()};
  return tables
      .column("SELECT sealed_token FROM polar_flow.users WHERE user_id = $1", athlete_id(0))
      .front();
}

void store(const std::string& sealed) {
  database tables{inherited_token_world::shared->folder()};
  tables.column("UPDATE polar_flow.users SET sealed_token = '" + sealed
                    + "' WHERE user_id = $1 RETURNING user_id",
                athlete_id(0));
  BOOST_TEST_REQUIRE(sealed_token() == sealed);
}

http_answer run_sync() {
  return inherited_token_world::shared->server().trigger_sync(athlete_id(0));
}

std::string status_of(const http_answer& answer) {
  BOOST_TEST_REQUIRE(answer.status == 200, answer.body);
  return parse_json(answer.body).at("status").as_string().c_str();
}

} // namespace

BOOST_AUTO_TEST_SUITE(inherited_tokens, *boost::unit_test::fixture<inherited_token_world>())

BOOST_AUTO_TEST_CASE(a_token_of_polar_flow_server_works_until_the_next_authorization) {
  auto& shared = *inherited_token_world::shared;
  BOOST_TEST(sealed_token().starts_with("v1."));
  store(fernet_token);
  BOOST_TEST(status_of(run_sync()) == "success");
  BOOST_TEST(sealed_token() == fernet_token);

  // It was this token that Polar saw: Polar revokes the one that comes next.
  shared.simulator().add_fault(R"({"kind":"revoke_token","path":"/v3/users","times":1})");
  run_sync();
  shared.simulator().clear_faults();
  BOOST_TEST(read_text(inherited_token_world::state_file())
                 .find(std::string{R"({"event":"void","athlete":)"} + athlete_id(0)
                       + R"(,"text":")" + token)
             != std::string::npos);

  authorize(shared.server(), athlete_id(0));
  BOOST_TEST(sealed_token().starts_with("v1."));
  BOOST_TEST(status_of(run_sync()) == "success");
}

BOOST_AUTO_TEST_CASE(a_token_under_another_key_asks_for_a_new_connection) {
  store(token_under_another_key);
  const auto refused = run_sync();
  BOOST_TEST(refused.status == 403);
  BOOST_TEST(refused.body
             == R"({"status_code":403,"detail":"The stored Polar authorization can no longer be )"
                R"(read; connect the account again"})");
  authorize(inherited_token_world::shared->server(), athlete_id(0));
  BOOST_TEST(status_of(run_sync()) == "success");
}

BOOST_AUTO_TEST_SUITE_END()

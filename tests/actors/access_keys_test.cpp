// Goal: whoever holds a key of a user can look at it, replace it and revoke it, and nothing that
// happens at the same time brings the old one back.
#define BOOST_TEST_DYN_LINK
#include "actors/access.hpp"
#include "crypto/hash.hpp"
#include "tests/actors/user_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::actors;
using namespace std::chrono_literals;

namespace {

struct key_fixture : testing::user_fixture {
  key_fixture() {
    use(&node_actors::access, access_actor{system.spawn(actors::access, environment_ptr{env})});
    run();
  }

  access_actor gate() const {
    return node->actors()->access;
  }

  void load() {
    BOOST_TEST(get<done>(gate(), load_keys{}).has_value());
  }

  api_key_id add_key(const std::string& text, std::optional<user_id> owner) {
    api_key_record record;
    record.id = api_key_id{static_cast<std::int64_t>(data->keys.size()) + 1};
    record.hash = crypto::sha256_hex(text);
    record.prefix = text;
    record.user = std::move(owner);
    record.created_at = clock->now() + std::chrono::seconds{data->keys.size()};
    data->keys.push_back(record);
    return record.id;
  }

  std::string prefix_found(std::optional<api_key_id> own = {}) {
    const auto found = get<found_user_key>(gate(), find_user_key{id, own});
    return found && found->key ? found->key->prefix : "none";
  }

  bool is_published(const std::string& text) const {
    return keys->load()->contains(crypto::sha256_hex(text));
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(user_keys, key_fixture)

BOOST_AUTO_TEST_CASE(the_newest_key_is_found_unless_the_asker_has_one) {
  BOOST_TEST(prefix_found() == "none");
  const auto older = add_key("older", id);
  add_key("newer", id);
  const auto service = add_key("service", std::nullopt);
  const auto foreign = add_key("foreign", user_id{"9"});
  load();
  BOOST_TEST(prefix_found() == "newer");
  BOOST_TEST(prefix_found(older) == "older");
  BOOST_TEST(prefix_found(service) == "newer");
  BOOST_TEST(prefix_found(foreign) == "newer");
}

BOOST_AUTO_TEST_CASE(the_counter_is_the_present_one) {
  add_key("mine", id);
  load();
  keys->load()->at(crypto::sha256_hex("mine"))->take(clock->now());
  const auto found = get<found_user_key>(gate(), find_user_key{id, {}});
  BOOST_REQUIRE((found && found->key));
  BOOST_TEST(found->key->rate_limit_remaining == 999);
  BOOST_TEST((found->key->last_used_at == clock->now()));
}

BOOST_AUTO_TEST_CASE(a_regenerated_key_takes_the_place_of_the_old_one) {
  const auto own = add_key("mine", id);
  add_key("newer", id);
  load();
  keys->load()->at(crypto::sha256_hex("mine"))->take(clock->now());
  const auto issued = get<key_issued>(gate(), regenerate_user_key{id, own});
  BOOST_REQUIRE(issued);
  BOOST_TEST(issued->api_key.starts_with("pfk_"));
  BOOST_TEST(!is_published("mine"));
  BOOST_TEST(is_published("newer"));
  BOOST_TEST(is_published(issued->api_key));
  const auto& stored = data->keys.front();
  BOOST_TEST(stored.prefix == issued->api_key.substr(0, api_key_prefix_length));
  BOOST_TEST((stored.created_at == clock->now()));
  // What the old key has used is not counted for the new one.
  advance(3s);
  BOOST_TEST(data->usage.empty());
  BOOST_TEST(is_published(issued->api_key));
}

BOOST_AUTO_TEST_CASE(a_revoked_key_is_useless_at_once) {
  add_key("mine", id);
  load();
  BOOST_TEST(get<done>(gate(), revoke_user_key{id, {}}).has_value());
  BOOST_TEST(!is_published("mine"));
  BOOST_TEST(!data->keys.front().is_active);
  BOOST_TEST((get<done>(gate(), revoke_user_key{id, {}}).error().code == errc::not_found));
  BOOST_TEST((get<key_issued>(gate(), regenerate_user_key{id, {}}).error().code
              == errc::not_found));
}

BOOST_AUTO_TEST_CASE(a_store_that_fails_changes_nothing) {
  add_key("mine", id);
  load();
  data->failures["regenerate_key"] = {{errc::storage_unavailable, "gone"}};
  data->failures["revoke_key"] = {{errc::storage_unavailable, "gone"}};
  BOOST_TEST((get<key_issued>(gate(), regenerate_user_key{id, {}}).error().code
              == errc::storage_unavailable));
  BOOST_TEST((get<done>(gate(), revoke_user_key{id, {}}).error().code
              == errc::storage_unavailable));
  BOOST_TEST(is_published("mine"));
}

BOOST_AUTO_TEST_SUITE_END()

#define BOOST_TEST_DYN_LINK
#include "actors/access.hpp"
#include "crypto/hash.hpp"
#include "tests/actors/user_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::actors;
using namespace std::chrono_literals;

namespace {

struct access_fixture : testing::user_fixture {
  access_fixture() {
    use(&node_actors::access, access_actor{system.spawn(actors::access, environment_ptr{env})});
    run();
  }

  access_actor gate() const {
    return node->actors()->access;
  }

  api_key_record& add_key(const std::string& name) {
    api_key_record record;
    record.id = api_key_id{static_cast<std::int64_t>(data->keys.size()) + 1};
    record.name = name;
    record.hash = crypto::sha256_hex(name);
    data->keys.push_back(record);
    return data->keys.back();
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(access_keys, access_fixture)

BOOST_AUTO_TEST_CASE(active_keys_are_published_by_their_hash) {
  add_key("one");
  add_key("revoked").is_active = false;
  BOOST_TEST(get<done>(gate(), load_keys{}).has_value());
  const auto table = keys->load();
  BOOST_TEST(table->size() == 1u);
  BOOST_TEST(table->contains(crypto::sha256_hex("one")));
}

BOOST_AUTO_TEST_CASE(keys_made_elsewhere_appear_and_counters_stay) {
  add_key("one");
  BOOST_TEST(get<done>(gate(), load_keys{}).has_value());
  const auto entry = keys->load()->at(crypto::sha256_hex("one"));
  BOOST_TEST(entry->take(clock->now()).remaining == 999);
  add_key("two");
  advance(3s);
  BOOST_TEST(keys->load()->size() == 2u);
  BOOST_TEST((keys->load()->at(crypto::sha256_hex("one")) == entry));
  data->keys.front().is_active = false;
  advance(3s);
  BOOST_TEST(!keys->load()->contains(crypto::sha256_hex("one")));
}

BOOST_AUTO_TEST_CASE(counters_are_flushed_every_second_and_only_if_used) {
  add_key("one");
  BOOST_TEST(get<done>(gate(), load_keys{}).has_value());
  advance(3s);
  BOOST_TEST(data->usage.empty());
  keys->load()->at(crypto::sha256_hex("one"))->take(clock->now());
  advance(3s);
  BOOST_REQUIRE(data->usage.size() == 1u);
  BOOST_TEST(data->usage.front().remaining == 999);
  BOOST_TEST(data->usage.front().last_used_at.has_value());
}

BOOST_AUTO_TEST_CASE(counters_that_could_not_be_stored_are_stored_later) {
  add_key("one");
  BOOST_TEST(get<done>(gate(), load_keys{}).has_value());
  keys->load()->at(crypto::sha256_hex("one"))->take(clock->now());
  data->failures["flush_key_usage"] = {{errc::storage_unavailable, "gone"}};
  BOOST_TEST(!get<done>(gate(), flush_keys{}).has_value());
  BOOST_TEST(get<done>(gate(), flush_keys{}).has_value());
  BOOST_TEST(data->usage.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
